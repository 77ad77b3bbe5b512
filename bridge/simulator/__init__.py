"""A pretend Intervals.icu; imports nothing of the bridge."""
