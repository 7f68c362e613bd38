"""Tests of what a Crestron Home processor has."""
