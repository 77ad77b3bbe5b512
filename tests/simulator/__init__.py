"""The pretend Intervals.icu behaves like the real one."""
