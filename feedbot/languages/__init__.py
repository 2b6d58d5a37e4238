"""What feedbot knows of each language, and what is read with it.

`data/` has one file per language (see docs/languages.md); `tables` reads them, and no other module
names a language.
"""
