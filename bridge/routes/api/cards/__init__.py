"""Cards: the routes that show one, and what reads what is on it."""
