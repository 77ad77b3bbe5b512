"""What the operator types, and the package that is installed."""
