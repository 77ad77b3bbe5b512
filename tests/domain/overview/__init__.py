"""What is worked out of many records."""
