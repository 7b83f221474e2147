"""After a build was brought to its host: telling others what has changed.

::

    changes    what a report says was written and removed
    posting    one request, tried until it has succeeded or cannot
    indexnow, websub    what search engines and hubs are told
    notify     all of it
"""

from __future__ import annotations

__all__: list[str] = []
