"""What templates were compiled to is kept for later processes, where nobody else may write."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import jinja2
import pytest

from sitegen.render import environment as module
from sitegen.render.bytecode import Bytecode
from sitegen.render.environment import Environment

OWN = pytest.mark.skipif(os.name == "nt", reason="the folder for temporary files is the user's own")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where bytecode is kept."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / f"_jinja2-cache-{os.getuid()}" if hasattr(os, "getuid") else tmp_path


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of templates, as often as they were compiled."""
    names: list[str] = []
    honest = jinja2.Environment._generate

    def generate(self: jinja2.Environment, source: object, name: str, *rest: object, **more: object) -> str:
        names.append(name)
        return honest(self, source, name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(jinja2.Environment, "_generate", generate)
    return names


def rendered(text: str) -> str:
    """What a template says."""
    return Environment(lambda kind, name: text, lambda name: (text, name)).get_template("story.html").render()


def shown(text: str = "Hello {{ 1 + 1 }}") -> str:
    """The same in a process that has not seen it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_bytecode", Bytecode())
        return rendered(text)


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("sitegen-*.cache"))


def test_a_later_process_need_not_compile(compiled: list[str]) -> None:
    assert [shown(), shown()] == ["Hello 2", "Hello 2"]
    assert compiled == ["story.html"]


def test_each_text_is_compiled_once_whichever_site_it_is_of(compiled: list[str], folder: Path) -> None:
    assert [shown(), shown("Bye"), shown(), shown("Bye")] == ["Hello 2", "Bye", "Hello 2", "Bye"]
    assert len(compiled) == len(kept(folder)) == 2


def test_one_process_holds_no_more_than_there_is_room_for(compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.render.bytecode._MANY", 2)
    cache = Bytecode()
    monkeypatch.setattr(module, "_bytecode", cache)
    assert [rendered(text) for text in ("1", "2", "3", "1")] == ["1", "2", "3", "1"]
    assert len(cache._codes) <= 2
    assert len(compiled) == 3


def test_another_sitegen_compiles_anew(compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    shown()
    monkeypatch.setattr("sitegen.render.bytecode.state_version", lambda: "later")
    shown()
    assert len(compiled) == 2


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_file_is_made_anew(damage: bytes | None, compiled: list[str], folder: Path) -> None:
    shown()
    (file,) = kept(folder)
    file.write_bytes(file.read_bytes()[:-9] if damage is None else file.read_bytes()[:20] + damage)
    assert shown() == shown() == "Hello 2"
    assert len(compiled) == 2


@OWN
def test_a_folder_of_somebody_else_is_not_used(compiled: list[str], folder: Path) -> None:
    (other := folder.with_name("other")).mkdir()
    folder.symlink_to(other)
    assert shown() == shown() == "Hello 2"
    assert len(compiled) == 2
    assert kept(other) == []


def test_where_nothing_can_be_kept_it_is_compiled(compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(jinja2.FileSystemBytecodeCache, "dump_bytecode", full)
    assert shown() == shown() == "Hello 2"
    assert len(compiled) == 2
