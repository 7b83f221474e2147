"""What an editor wants on a front: the file `_fronts/home.yaml`, read into slots. docs/guide/fronts.md describes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo

from sitegen.content.formats import yaml_tree
from sitegen.content.nodes import Entry, Items, Node, Place, Scalar, Table, UnreadableError
from sitegen.content.notes import Notes, kind_of
from sitegen.content.values import FLAGS, Reading, line, moment, number, refuse, word
from sitegen.errors import Problem, did_you_mean
from sitegen.plain import Record
from sitegen.text.clean import decode

__all__ = ["GROUPS", "Breaking", "FrontFile", "Pick", "Slot", "Term", "Wanted", "read_front"]

KEYS = ("slots", "breaking")
GROUPS = ("section", "tag", "author", "series")
_QUERY = (*GROUPS, "type", "limit")
_PICK = ("story", *_QUERY, "from", "until")
_SLOT = (*_PICK, "stories")
_BREAKING = ("text", "story", "url", "from", "until")


class Wanted(Record, frozen=True):
    """One thing that a pick asks for: a `story` by its name, or stories of a section, tag, author, series or `type`."""

    kind: str
    name: str
    place: Place


class Pick(Record, frozen=True):
    """Stories for a slot: one by name, or those of which all is true that is wanted, at most `limit` (None: the slot's
    own number). It counts from `start` on and no longer from `until` on.
    """

    wanted: tuple[Wanted, ...]
    limit: int | None = None
    start: datetime | None = None
    until: datetime | None = None


class Slot(Record, frozen=True):
    """A place on a front, filled from its picks in order; `limit` is how many stories it takes, if the editor says."""

    name: str
    picks: tuple[Pick, ...]
    limit: int | None = None
    start: datetime | None = None
    until: datetime | None = None


class Breaking(Record, frozen=True):
    """A line of news that is breaking: what it says, and where it leads, a story or the `url` of a page; it says the
    title of its story if it has no text.
    """

    place: Place
    text: str = ""
    story: Wanted | None = None
    url: str = ""
    start: datetime | None = None
    until: datetime | None = None


class Term(Record, frozen=True):
    """What it is that counts from `start` on and no longer from `until` on."""

    what: str
    start: datetime | None
    until: datetime | None

    @property
    def instants(self) -> tuple[datetime, ...]:
        """When it begins and ends."""
        return tuple(filter(None, (self.start, self.until)))


class FrontFile(Record, frozen=True):
    """One file, and what is odd about it."""

    path: str
    slots: tuple[Slot, ...] = ()
    breaking: Breaking | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def terms(self) -> Iterator[Term]:
        """All that counts only for a time."""
        if self.breaking and (self.breaking.start or self.breaking.until):
            yield Term("what is breaking", self.breaking.start, self.breaking.until)
        for slot in self.slots:
            parts: tuple[Slot | Pick, ...] = (slot, *slot.picks)
            for part in parts:
                if part.start or part.until:
                    yield Term(f"the slot `{slot.name}`", part.start, part.until)


class _Times(Record, frozen=True):
    start: datetime | None = None
    until: datetime | None = None


def read_front(path: str, data: bytes, zone: tzinfo) -> FrontFile:
    """Read one file; dates without an offset are in this zone. Never raises for what is in it."""
    notes = Notes(path)
    try:
        keys = _known(_document(data, notes), KEYS, "", notes)
    except UnreadableError as error:
        message = error.message.replace("the front matter", "the file")
        notes.warn("bad-front", message, error.place, label="this file is left out", hint=error.hint)
        keys = {}
    slots = tuple(_slots(keys["slots"].value, notes, zone)) if "slots" in keys else ()
    breaking = _breaking(keys["breaking"].value, Reading("breaking", notes, zone)) if "breaking" in keys else None
    return FrontFile(path, slots, breaking, tuple(notes.problems))


def _document(data: bytes, notes: Notes) -> Sequence[Entry]:
    text, odd = decode(data)
    if odd:
        hint = "it is read as Windows-1252; save the file as UTF-8"
        notes.warn("bad-encoding", "this line is not UTF-8", Place(odd), hint=hint)
    tree = yaml_tree(text)
    if tree is None or (isinstance(tree, Scalar) and tree.is_null):
        return ()
    if not isinstance(tree, Table):
        raise UnreadableError("the file is not a list of `key: value` lines", tree.place)
    return tree.entries


def _known(entries: Sequence[Entry], known: Sequence[str], where: str, notes: Notes) -> dict[str, Entry]:
    """The keys that say something. Without `known` ones any will do; of one that comes twice the last counts."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if known and entry.key not in known:
            hint = did_you_mean(entry.key, known, "known are " + ", ".join(f"`{name}`" for name in known))
            notes.add("error", "unknown-key", f"unknown key `{entry.key}`{where}", entry.place, hint=hint)
            continue
        if entry.key in found:
            notes.warn("duplicate-key", f"`{entry.key}` stands here twice", entry.place, label="the last one counts")
        found[entry.key] = entry
    return {key: entry for key, entry in found.items() if not (isinstance(entry.value, Scalar) and entry.value.is_null)}


def _slots(node: Node, notes: Notes, zone: tzinfo) -> Iterator[Slot]:
    if not isinstance(node, Table):
        refuse(node, Reading("slots", notes, zone), "a table", f"expected `lead: …` lines, this is {kind_of(node)}")
        return
    for name, entry in _known(node.entries, (), "", notes).items():
        slot = _slot(name, entry.value, Reading(name, notes, zone))
        if slot:
            yield slot


def _slot(name: str, node: Node, field: Reading) -> Slot | None:
    if not isinstance(node, Table):
        return Slot(name, tuple(_picks(node, field)))
    keys = _known(node.entries, _SLOT, f" in `{name}`", field.notes)
    times, limit = _times(keys, field), _limit(keys, field)
    if times is None:
        return None
    if "stories" in keys:
        picks = tuple(_picks(keys["stories"].value, field))
        _refuse_both(keys, field)
    else:
        wanted = _wanted(keys, field)
        picks = (Pick(wanted, _own_limit(wanted)),) if wanted else ()
        if not picks and limit is None:
            refuse(node, field, "complete", "expected `story`, `stories`, or what its stories have in common")
    return Slot(name, picks, limit, times.start, times.until)


def _refuse_both(keys: Mapping[str, Entry], field: Reading) -> None:
    """`stories` say which ones."""
    for key in ("story", *GROUPS, "type"):
        if key in keys:
            label = "it belongs to one of the `stories`, and is left out here"
            field.notes.warn("bad-value", f"`{key}` stands beside `stories`", keys[key].place, label=label)


def _picks(node: Node, field: Reading) -> Iterator[Pick]:
    for item in node.items if isinstance(node, Items) else (node,):
        pick = _pick(item, field)
        if pick:
            yield pick


def _pick(node: Node, field: Reading) -> Pick | None:
    if isinstance(node, Scalar):
        name = line(node, field)
        return Pick((Wanted("story", name, node.place),), 1) if name else None
    if isinstance(node, Items):
        refuse(node, field, "a story", "expected the name of a story, or a table")
        return None
    keys = _known(node.entries, _PICK, f" in `{field.name}`", field.notes)
    times, wanted = _times(keys, field), _wanted(keys, field)
    if times is None:
        return None
    if not wanted:
        refuse(node, field, "complete", "expected `story`, or what its stories have in common")
        return None
    limit = _limit(keys, field)
    return Pick(wanted, 1 if limit is None else limit, times.start, times.until)


def _own_limit(wanted: Sequence[Wanted]) -> int | None:
    return 1 if wanted[0].kind == "story" else None


def _wanted(keys: Mapping[str, Entry], field: Reading) -> tuple[Wanted, ...]:
    found = tuple(_named(kind, keys[kind], field) for kind in ("story", *GROUPS, "type") if kind in keys)
    usable = tuple(wanted for wanted in found if wanted)
    if len(usable) > 1 and usable[0].kind == "story":
        label = f"the story is named, so this is left out: {', '.join(f'`{other.kind}`' for other in usable[1:])}"
        field.notes.warn("bad-value", "a story needs no query", keys["story"].place, label=label)
        return usable[:1]
    return usable


def _named(kind: str, entry: Entry, field: Reading) -> Wanted | None:
    read = word if kind == "type" else line
    name = read(entry.value, field._replace(name=kind))
    return Wanted(kind, name, entry.value.place) if name else None


def _limit(keys: Mapping[str, Entry], field: Reading) -> int | None:
    return number(keys["limit"].value, field._replace(name="limit")) if "limit" in keys else None


def _times(keys: Mapping[str, Entry], field: Reading) -> _Times | None:
    """From when until when; None if that cannot be understood: what should have gone must not stay for ever."""
    start, until = (
        moment(keys[key].value, field._replace(name=key)) if key in keys else None for key in ("from", "until")
    )
    if ("from" in keys and start is None) or ("until" in keys and until is None):
        return None
    if start and until and until <= start:
        field.notes.warn("bad-date", "`until` is not after `from`", keys["until"].value.place, label="it never counts")
    return _Times(start, until)


def _breaking(node: Node, field: Reading) -> Breaking | None:
    if not isinstance(node, Table):
        off = isinstance(node, Scalar) and node.bare and FLAGS.get(node.word) is False
        text = "" if off else line(node, field)
        return Breaking(node.place, text) if text else None
    keys = _known(node.entries, _BREAKING, " in `breaking`", field.notes)
    times, story = _times(keys, field), _named("story", keys["story"], field) if "story" in keys else None
    text, url = (
        read(keys[key].value, field) or "" if key in keys else "" for key, read in (("text", line), ("url", _url))
    )
    if not text and not story:
        refuse(node, field, "complete", "expected `text`, `story` or both")
    if story and url:
        label = "the line leads to its story"
        field.notes.warn("bad-value", "`url` stands beside `story`", keys["url"].place, label=label)
        url = ""
    return Breaking(node.place, text, story, url, times.start, times.until) if times and (text or story) else None


def _url(node: Node, field: Reading) -> str | None:
    """A path of this site, or a full URL."""
    text = line(node, field)
    if text and not re.match(r"https?://[^\s/]+|/(?!/)", text):
        refuse(node, field._replace(name="url"), "a URL", "expected `/…` or `https://…`")
        return None
    return text
