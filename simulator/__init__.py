"""A house that behaves, served over real sockets as a home controller."""
