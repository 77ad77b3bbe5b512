"""What people would write instead of the bridge, to be measured beside it."""
