"""Measures the integration in a real Home Assistant, over real sockets."""
