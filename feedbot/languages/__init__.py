"""The words of a language that feedbot must know: folding, function words."""
