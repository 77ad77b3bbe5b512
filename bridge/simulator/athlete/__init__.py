"""The pretend account."""
