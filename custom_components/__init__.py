"""Custom integrations, importable from the root of the repository."""
