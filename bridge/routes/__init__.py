"""Doors: one file for each noun."""
