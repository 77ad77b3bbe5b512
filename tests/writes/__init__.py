"""What the phone sends is written, shown and taken back."""
