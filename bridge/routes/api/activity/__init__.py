"""What was done: ask for it, change it, up and down."""
