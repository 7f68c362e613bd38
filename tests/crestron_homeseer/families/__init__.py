"""Families of HomeSeer devices, and what their owners expect of them."""
