"""The one door to Intervals.icu."""
