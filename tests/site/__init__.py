"""The setup pages, read and filled in."""
