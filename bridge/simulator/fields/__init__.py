"""Which fields upstream's records have."""
