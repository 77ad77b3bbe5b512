"""What people type and say, read forgivingly."""
