"""A request that failed is read, and told what is wrong in it."""
