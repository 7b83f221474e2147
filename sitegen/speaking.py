"""Having a program speak a text into a file, and another one make that file smaller. No shell is asked."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.config import AudioConfig
from sitegen.content.recordings import recording
from sitegen.plain import Record

__all__ = ["Speech", "Unspoken", "speak"]

_LAST_WORDS = 300
"""Characters of what a program says last that are worth showing."""


class Unspoken(Exception):
    """A program did not do its part; the text says which and why. `said` is the last that it said itself."""

    def __init__(self, message: str, said: str = "") -> None:
        super().__init__(message)
        self.said = said


class Speech(Record, frozen=True):
    """A text to be spoken in a language (a BCP 47 tag) by a voice."""

    text: str
    voice: str
    language: str


def speak(site: Path, config: AudioConfig, speech: Speech) -> bytes:
    """The sound file. Programs run in the folder `site`. Raises `Unspoken`, `OSError`."""
    with TemporaryDirectory(prefix="sitegen-") as name:
        folder = Path(name)
        text, spoken = folder / "text.txt", folder / f"spoken.{'wav' if config.encode else config.format}"
        text.write_text(speech.text, encoding="utf-8", newline="\n")
        places = {"text": str(text), "output": str(spoken), "voice": speech.voice, "language": speech.language}
        _run(site, config.command, places, config.timeout, folder)
        if config.encode:
            made = folder / f"encoded.{config.format}"
            _sound(config.command, spoken)
            _run(site, config.encode, {"input": str(spoken), "output": str(made)}, config.timeout, folder)
            return _sound(config.encode, made)
        return _sound(config.command, spoken)


def _run(site: Path, command: Sequence[str], places: Mapping[str, str], timeout: float, folder: Path) -> None:
    """One program, with the places in its arguments filled in; the text is its standard input, too."""
    log, text = folder / "log.txt", folder / "text.txt"
    with log.open("wb") as said, text.open("rb") as input:
        try:
            done = subprocess.run(  # noqa: S603 (the site says what is run)
                [_filled(argument, places) for argument in command],
                cwd=site, stdin=input, stdout=said, stderr=subprocess.STDOUT, timeout=timeout, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Unspoken(f"`{command[0]}` was not ready after {timeout:g} seconds", _end(log)) from None
        except OSError as error:
            raise Unspoken(f"`{command[0]}` cannot be run: {error.strerror}") from None
    if done.returncode:
        raise Unspoken(f"`{command[0]}` ended with status {done.returncode}", _end(log))


def _filled(argument: str, places: Mapping[str, str]) -> str:
    for name, value in places.items():
        argument = argument.replace(f"{{{name}}}", value)
    return argument


def _end(log: Path) -> str:
    """The last line that a program has written."""
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1][-_LAST_WORDS:] if lines else ""


def _sound(command: Sequence[str], file: Path) -> bytes:
    """What a program has made. Raises `Unspoken` if that is nothing to listen to."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise Unspoken(f"`{command[0]}` has made no file", _end(file.with_name("log.txt"))) from None
    if not recording(file.name, data).duration:
        raise Unspoken(f"what `{command[0]}` has made is no {file.suffix[1:]} file, or there is no sound in it")
    return data
