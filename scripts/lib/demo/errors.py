"""How a demo goes wrong."""


class DemoError(Exception):
    """Something that ends the demo; the text says what to do about it."""
