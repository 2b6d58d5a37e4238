"""Turns news sites without feeds into one Atom feed per topic.

docs/architecture.md follows one article through the modules, from its URL to the feed file.
"""
