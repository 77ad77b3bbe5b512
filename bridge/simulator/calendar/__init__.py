"""What the pretend athlete plans."""
