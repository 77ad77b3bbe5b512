"""What was done: activities, laps, bests, files."""
