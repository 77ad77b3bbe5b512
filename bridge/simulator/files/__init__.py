"""Recorded and trainer files."""
