"""Bytes of variants that were encoded before."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.images import ImageCache


def test_what_was_put_is_there(tmp_path: Path) -> None:
    cache = ImageCache(tmp_path / "images", write=True)
    assert cache.get("a") is None
    assert cache.put("a", b"one") == b"one"
    assert cache.put("b", b"two") == b"two"
    assert (cache.get("a"), cache.get("b")) == (b"one", b"two")
    assert ImageCache(tmp_path / "images").get("a") == b"one"


@pytest.mark.parametrize("harm", [b"", b"x", b"0" * 40])
def test_an_entry_that_was_harmed_is_none(tmp_path: Path, harm: bytes) -> None:
    cache = ImageCache(tmp_path, write=True)
    cache.put("a", b"one")
    (entry,) = tmp_path.glob("*/*")
    whole = entry.read_bytes()
    for data in (harm, whole[:-1], whole + b"x", whole[:-1] + b"x"):
        entry.write_bytes(data)
        assert cache.get("a") is None
    cache.put("a", b"one")
    assert cache.get("a") == b"one"


def test_nothing_is_written_that_should_not_be(tmp_path: Path) -> None:
    cache = ImageCache(tmp_path / "images")
    assert cache.put("a", b"one") == b"one"
    cache.prune([])
    assert not (tmp_path / "images").exists()


def test_no_room_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "images").write_bytes(b"a file where a folder must be")
    cache = ImageCache(tmp_path / "images", write=True)
    assert cache.put("a", b"one") == b"one"
    assert cache.get("a") is None
    cache.prune([])


def test_what_is_not_wanted_goes(tmp_path: Path) -> None:
    cache = ImageCache(tmp_path, write=True)
    for key in "abc":
        cache.put(key, key.encode())
    ImageCache(tmp_path).prune([])
    cache.prune(["b", "d"])
    assert [cache.get(key) for key in "abc"] == [None, b"b", None]
    assert len(list(tmp_path.glob("*/*"))) == 1
