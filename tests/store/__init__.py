"""The database, on both of its backends."""
