"""What tests of many rooms stand on."""
