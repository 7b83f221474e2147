"""Fixtures of more than one folder, and what holds for all tests."""

import signal

from hypothesis import settings

from tests.support.browsers import browser, playwright

__all__ = ["browser", "playwright"]

# Nothing may depend on how fast a machine is.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")

# A shell has what it runs in the background ignore interrupts, and so would all that is run from here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
