"""Commands for what goes on when nobody asks: messages, and the worker."""
