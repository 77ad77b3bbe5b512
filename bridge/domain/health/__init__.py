"""Apple Health samples become wellness."""
