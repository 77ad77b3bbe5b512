"""How a thing is said: languages, measures, breath."""
