"""What follows from a source's past visits: when the next one is due, and what looks wrong."""
