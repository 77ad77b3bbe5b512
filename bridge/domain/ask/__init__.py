"""Ask: which of the routes one sentence means, and with what."""
