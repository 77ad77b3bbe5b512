"""What is worked out of many records, as the phone hears it."""
