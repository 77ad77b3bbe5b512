"""The workout builder's text."""
