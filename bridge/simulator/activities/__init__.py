"""What the pretend athlete did."""
