"""Messages: what is told, made of what the other routes say; on and off."""
