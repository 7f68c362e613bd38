"""Devices as the plug-ins of real systems make them."""
