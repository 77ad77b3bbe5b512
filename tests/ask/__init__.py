"""Asking in one's own words, through the phone's eyes."""
