"""Signed shortcuts: made, verified, refused."""
