"""The shortcuts: their files, and what they do when they run."""
