"""What changed at Intervals.icu: which fields count, and how two readings differ."""
