"""Who it is: account, gear, weather."""
