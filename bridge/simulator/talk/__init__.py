"""Chats and other corners."""
