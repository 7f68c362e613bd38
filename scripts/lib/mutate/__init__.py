"""Planned breakages of the product, and who notices them."""
