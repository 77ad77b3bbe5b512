"""What the phone hears, noun by noun."""
