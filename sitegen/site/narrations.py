"""Recordings that were made of stories (`sitegen audio`): which file belongs to which story.

A recording is named for the file of its story and for what is said in it:
`content/audio/world/storm.9f86d081884c7d65.mp3` is of `content/world/storm.md`. So whoever knows the names of all files
knows which recordings can be public, and one that says something else than its story does is known by its name.
"""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.config import Config
from sitegen.content.article import Article
from sitegen.content.recordings import RECORDINGS
from sitegen.plain import digest
from sitegen.regex import regex

__all__ = ["mark_of", "narrated", "narration_file", "says", "story_of"]

_NAME = regex(r"(.+)\.([0-9a-f]{16})(\.[a-z0-9]+)")


def narrated(article: Article) -> bool:
    """Whether an article is one that a voice may read: a story without a recording of its own. A live blog changes too
    often.
    """
    return article.kind == "story" and article.audio is None and article.type != "live"


def mark_of(text: str, voice: str) -> str:
    """What stands for a text spoken by a voice."""
    return digest(f"{voice}\0{text}".encode())[:16]


def narration_file(config: Config, story: str, mark: str) -> str:
    """Where the recording of the story at this path is kept, relative to the site."""
    below = story.removeprefix(f"{config.content_dir}/").removesuffix(".md")
    return f"{_folder(config)}{below}.{mark}.{config.audio.format}"


def story_of(config: Config, file: str) -> str | None:
    """The path of the story that a file was made of; None if it is no such recording."""
    folder = _folder(config)
    found = _NAME.fullmatch(file, len(folder)) if file.startswith(folder) else None
    return f"{config.content_dir}/{found[1]}.md" if found and found[3] in RECORDINGS else None


def says(files: Iterable[str], mark: str) -> str:
    """The one of these recordings that this mark stands for; empty if none is it."""
    return next((file for file in files if file.rsplit(".", 2)[1] == mark), "")


def _folder(config: Config) -> str:
    return f"{config.content_dir}/{config.audio.folder}/"
