"""What changed: looks, the feed, the mirror."""
