"""What /v1/ask remembers of a device: its open question, and what it asks most."""
