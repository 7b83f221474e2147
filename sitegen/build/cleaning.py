"""Removing what earlier builds wrote, and the state; nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sitegen.files.outputs import Outputs
from sitegen.plain import Record
from sitegen.store import STATE_FOLDER, open_store
from sitegen.store.lock import locked

__all__ = ["Cleaned", "clean"]


class Cleaned(Record, frozen=True):
    """How many files were removed from each output folder."""

    files: dict[str, int]


def clean(folder: Path) -> Cleaned:
    """Remove every output that the state knows as ours, from every output folder, then the state.

    Raises `StateError` if a file cannot be removed; the state stays until all are gone.
    """
    state = folder / STATE_FOLDER
    if not state.is_dir():
        return Cleaned({})
    removed = {}
    with locked(state, lambda: None):
        with open_store(folder, write=True) as store:
            for name in store.output_folders():
                removed[name] = len(Outputs(folder / name, store.outputs(name)).prune(()))
        if os.name == "posix":
            _remove(state)
    if os.name != "posix":  # a file that is locked cannot be removed there
        _remove(state)
    return Cleaned(removed)


def _remove(state: Path) -> None:
    shutil.rmtree(state.resolve())
    state.unlink(missing_ok=True)  # it may have been a link to a cache elsewhere
