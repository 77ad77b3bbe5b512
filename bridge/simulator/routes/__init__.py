"""Upstream's addresses."""
