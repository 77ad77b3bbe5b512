"""What a day or a week adds up to."""
