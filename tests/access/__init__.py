"""Who may ask: codes, tokens, keys at rest."""
