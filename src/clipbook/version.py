"""The version, on a floor of its own so that every other may ask for it."""

__version__ = "0.1.0"
