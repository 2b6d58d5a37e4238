"""What one story is, on whatever page it stands: fingerprints, and what is decided by them."""
