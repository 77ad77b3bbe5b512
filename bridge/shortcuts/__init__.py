"""Templates of Apple Shortcuts and what builds and signs them."""
