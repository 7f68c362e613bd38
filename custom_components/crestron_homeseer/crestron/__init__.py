"""Crestron Home processors, through their REST API."""
