"""Tests of what any home has."""
