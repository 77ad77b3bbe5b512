"""What is written down is what the bridge answers."""
