"""Two years of a pretend life."""
