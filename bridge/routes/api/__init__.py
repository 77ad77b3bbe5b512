"""Routes for phones: the rooms are called as in the domain."""
