"""Fixtures of more than one folder."""

from tests.support.browsers import browser, playwright

__all__ = ["browser", "playwright"]
