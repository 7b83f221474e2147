"""Where benchmarks work."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import corpus


def test_there_is_room_to_work_where_no_benchmark_was_run_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "CACHE", tmp_path / "new" / "benchmarks")
    with corpus.scratch() as folder:
        assert Path(folder).parent == corpus.CACHE
        assert Path(folder).is_dir()
    assert not Path(folder).exists()
