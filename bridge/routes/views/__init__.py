"""What a view key opens: cards as pictures, for who can send no header."""
