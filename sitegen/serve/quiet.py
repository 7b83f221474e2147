"""What the HTTP server may say on the terminal: what an author can use, and nothing of what clients do wrong."""

from __future__ import annotations

import asyncio
import logging

import h11

__all__ = ["Quiet"]

_CLIENTS = (asyncio.CancelledError, ConnectionError, h11.ProtocolError)
"""What is raised in a request whose client has gone, or has not kept to HTTP, or that is cut off at the end."""


class Quiet(logging.Filter):
    """Lets a message pass unless only a client is to blame."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, _CLIENTS)
