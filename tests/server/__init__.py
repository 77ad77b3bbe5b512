"""Real sockets, real processes, clients of other people."""
