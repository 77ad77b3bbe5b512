"""Telling an athlete: channels, what each is sent, and sending until it arrives."""
