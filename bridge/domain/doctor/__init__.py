"""Why it does not work."""
