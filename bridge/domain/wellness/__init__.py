"""A wellness day: read, changed, said."""
