"""What people do, done in a browser."""
