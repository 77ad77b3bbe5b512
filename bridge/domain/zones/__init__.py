"""Sport settings: thresholds and zones, read, changed, said."""
