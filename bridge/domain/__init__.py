"""Pure meaning: shapes, flattening, sentences."""
