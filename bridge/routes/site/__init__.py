"""The setup site: routes for people."""
