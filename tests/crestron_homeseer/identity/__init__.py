"""What an owner has made, and what becomes of it when a hub changes its numbers."""
