"""What is remembered on disk between builds."""

from __future__ import annotations

from sitegen.store.database import STATE_FOLDER, undamaged
from sitegen.store.store import Store, open_store

__all__ = ["STATE_FOLDER", "Store", "open_store", "undamaged"]
