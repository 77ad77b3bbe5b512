"""Words for the ear and the eye."""
