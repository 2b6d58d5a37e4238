"""The web as it is written: URLs, encodings, HTML, times and JSON in it, clean HTML out of it."""
