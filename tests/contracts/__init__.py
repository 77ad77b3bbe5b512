"""House rules, each held once for all that exists and all that will come."""
