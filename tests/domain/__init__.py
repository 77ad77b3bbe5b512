"""Meaning alone: flat records, without a request."""
