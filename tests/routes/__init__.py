"""What holds for every route, and routes that hand upstream through."""
