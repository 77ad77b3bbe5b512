"""Asking in one's own words: a sentence in, the answer of the route that it means."""
