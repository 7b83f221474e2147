"""What a sound file says of itself."""

from __future__ import annotations

import wave
from io import BytesIO

import pytest

from sitegen.content.recordings import Recording, media_type, recording


def sound(samples: int) -> bytes:
    """Silence, 8 kHz mono."""
    file = BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, 2, 8000, 0, "NONE", ""))
        written.writeframes(b"\0\0" * samples)
    return file.getvalue()


@pytest.mark.parametrize(("samples", "seconds"), [(8000, 1), (11_000, 1), (13_000, 2), (8000 * 272, 272), (1, 1)])
def test_the_length_is_told_in_whole_seconds_of_which_there_is_at_least_one(samples: int, seconds: int) -> None:
    data = sound(samples)
    assert recording("content/talk.wav", data) == Recording(seconds, len(data))


def test_the_length_of_mp3_is_counted_in_frames() -> None:
    frame = b"\xff\xfb\x90\x00".ljust(417, b"\0")  # MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 1,152 samples
    assert recording("TALK.MP3", frame * 383).duration == 10


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.ogg", "a.opus", "a.flac", "a.m4a", "a.aiff"])
@pytest.mark.parametrize("data", [b"", b"RIFF", b"OggS" * 9, b"fLaC", b"noise" * 99, b"\0\0\0\x20ftypM4A junk" * 3])
def test_what_is_no_sound_has_no_length(name: str, data: bytes) -> None:
    assert recording(name, data) == Recording(0, len(data))


def test_a_sound_under_the_name_of_another_kind_has_no_length() -> None:
    assert recording("talk.mp3", sound(8000)).duration == 0


def test_media_types() -> None:
    assert [media_type(path) for path in ("a/Talk.MP3", "talk.m4a", "talk.opus", "talk.wav")] == [
        "audio/mpeg",
        "audio/mp4",
        "audio/ogg",
        "audio/wav",
    ]
    assert media_type("talk") == media_type("talk.txt") == ""
