"""Fixtures of more than one folder, and what holds for all tests."""

from hypothesis import settings

from tests.support.browsers import browser, playwright

__all__ = ["browser", "playwright"]

# Nothing may depend on how fast a machine is.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")
