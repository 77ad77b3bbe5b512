"""Measurements: ratios against something real in the same run."""
