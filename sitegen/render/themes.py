"""A theme as layers: the site's own folder over the theme over its parents. The first layer that has a file wins.

A layer may hold `templates/`, `assets/`, `locale/`; each theme has a `theme.toml`.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import field

from sitegen.config import Config, builtin_themes
from sitegen.content.shortcodes import ShortcodeSpec
from sitegen.errors import Span, TemplateError, did_you_mean
from sitegen.files import Files
from sitegen.plain import Plain, Record

__all__ = ["API", "Theme", "load_theme"]

API = 1
"""The version of what templates see. A theme says in `theme.toml` which one it was written for."""


class Theme(Record, frozen=True):
    """The layers of the theme in use, nearest first, and what their manifests declare."""

    files: Files
    layers: tuple[str, ...]
    """Folders, relative to the site (absolute where the theme came with sitegen); the first is the site itself."""
    parameters: Mapping[str, Plain] = field(default_factory=dict)
    """Defaults of the theme's parameters; `[params]` of the site overrides them."""
    shortcodes: Mapping[str, ShortcodeSpec] = field(default_factory=dict)

    def find(self, folder: str, name: str) -> str | None:
        """The path of the file that wins, for `Files`; None if no layer has it. Never a file outside the layers."""
        if _leaves(name):
            return None
        for layer in self.layers:
            path = _join(layer, folder, name)
            if self.files.digest(path) is not None:
                return path
        return None

    def digest(self, folder: str, name: str) -> str | None:
        """The digest of the file that wins; None if no layer has it."""
        path = self.find(folder, name)
        return self.files.digest(path) if path else None

    def param(self, name: str) -> tuple[Plain, ...]:
        """The value of a parameter, alone in a tuple; empty if nobody declares or sets it."""
        return (self.parameters[name],) if name in self.parameters else ()

    def text(self, name: str) -> tuple[str, str]:
        """Path and text of a file in `templates/` that exists, whatever it is: nobody may ever render it."""
        path = self.find("templates", name)
        assert path is not None
        return path, self.files.load(path).decode("utf-8-sig", "replace")

    def path(self, folder: str, name: str, layer: int) -> str:
        """Where a file lies in the layer of this number, counted from the nearest, for `Files`."""
        return _join(self.layers[layer], folder, name)

    def versions(self, folder: str, name: str) -> tuple[tuple[int, str], ...]:
        """The number of each layer that has the file, nearest first, with the digest of its file."""
        if _leaves(name):
            return ()
        marks = ((layer, self.files.digest(self.path(folder, name, layer))) for layer in range(len(self.layers)))
        return tuple((layer, mark) for layer, mark in marks if mark is not None)

    def names(self, folder: str) -> tuple[str, ...]:
        """The names of all files in a folder of any layer, sorted, with `/` between folders."""
        found: set[str] = set()
        for layer in self.layers:
            root = self.files.root / _join(layer, folder)
            for here, folders, names in os.walk(root):
                folders[:] = [name for name in folders if not name.startswith(".")]
                below = Path(here).relative_to(root)
                found.update((below / name).as_posix() for name in names if not name.startswith("."))
        return tuple(sorted(found))

    def messages(self, language: str) -> dict[str, str]:
        """The theme's words in a language; what its catalogue lacks comes from the one without region, then English."""
        words: dict[str, str] = {}
        for tag in ("en", language.split("-", maxsplit=1)[0], language):
            for layer in reversed(self.layers):
                path = _join(layer, "locale", f"{tag}.toml")
                if self.files.digest(path) is not None:
                    words.update(_toml(self.files, path))
        return words


def load_theme(config: Config, files: Files) -> Theme:
    """The theme that the configuration names, with its parents. Raises `TemplateError`."""
    layers = [""]
    manifests: list[dict[str, Any]] = []
    name: str | None = config.theme
    while name:
        layer = _folder(config, files, name, _join(layers[-1], "theme.toml") if manifests else config.path)
        if layer in layers:
            raise TemplateError(
                f"the theme `{name}` is its own parent", Span(_join(layer, "theme.toml")), code="bad-theme"
            )
        manifest = _manifest(files, layer)
        layers.append(layer)
        manifests.append(manifest)
        name = manifest.get("parent")
    parameters: dict[str, Plain] = {}
    shortcodes: dict[str, ShortcodeSpec] = {}
    for manifest in reversed(manifests):
        parameters.update({key: value.get("default") for key, value in manifest["parameters"].items()})
        shortcodes.update({key: _shortcode(value) for key, value in manifest["shortcodes"].items()})
    return Theme(files, tuple(layers), {**parameters, **config.params}, shortcodes)


def _leaves(name: str) -> bool:
    """Whether a name could mean a file outside of its folder, or is no name."""
    return name.startswith("/") or "\\" in name or any(part in ("", ".", "..") for part in name.split("/"))


def _join(*names: str) -> str:
    return "/".join(name for name in names if name)


def _folder(config: Config, files: Files, name: str, asked_by: str) -> str:
    for layer in (_join(config.themes_dir, name), (builtin_themes() / name).as_posix()):
        if files.digest(_join(layer, "theme.toml")) is not None:
            return layer
    known = {path.name for root in (files.root / config.themes_dir, builtin_themes()) for path in root.glob("*/")}
    hint = did_you_mean(name, known, f"known themes: {', '.join(sorted(known))}")
    raise TemplateError(f"there is no theme `{name}`", Span(asked_by), hint, code="no-theme")


def _manifest(files: Files, layer: str) -> dict[str, Any]:
    path = _join(layer, "theme.toml")
    manifest = _toml(files, path)
    if manifest.get("api") != API:
        message = (
            f"the theme was written for version {manifest.get('api')} of what templates see; this sitegen has {API}"
        )
        raise TemplateError(message, Span(path), code="bad-theme")
    if not isinstance(manifest.get("parent", ""), str):
        raise TemplateError("`parent` is not the name of a theme", Span(path), code="bad-theme")
    for name in ("parameters", "shortcodes"):
        tables = manifest.setdefault(name, {})
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            hint = f"write a table [{name}.NAME] for each"
            raise TemplateError(f"[{name}] holds something that is not a table", Span(path), hint, code="bad-theme")
    return manifest


def _toml(files: Files, path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(files.load(path).decode("utf-8-sig"))
    except ValueError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        span = Span(path, int(place[1]), int(place[2]), 1) if place else Span(path)
        raise TemplateError(f"not valid TOML: {error}", span, code="bad-theme") from None


def _shortcode(table: Mapping[str, Any]) -> ShortcodeSpec:
    return ShortcodeSpec(
        tuple(table.get("required", ())), tuple(table.get("optional", ())), bool(table.get("inner", False))
    )
