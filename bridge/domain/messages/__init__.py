"""What an athlete is told without having asked: ten messages, each a pure function."""
