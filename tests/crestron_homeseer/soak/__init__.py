"""Hours of a house's life in minutes: faults, people, and what came of it."""
