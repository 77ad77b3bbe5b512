"""What is planned: ask for it, write it."""
