"""The tests: sentences about behaviour, mostly through the phone's eyes."""
