"""A static generator for news sites."""

__all__ = ["__version__"]

__version__ = "0.1.0"
