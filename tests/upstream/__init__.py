"""The way to Intervals.icu, and all that can happen on it."""
