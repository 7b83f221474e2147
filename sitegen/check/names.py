"""Rules for tags, authors and sections: names that probably are others misspelt."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from sitegen.check.paper import Paper
from sitegen.check.rule import Finding, Rule
from sitegen.errors import Span, did_you_mean
from sitegen.regex import regex
from sitegen.text.slugs import slugify

__all__ = ["RULES"]

_LETTERS = 6
"""Shorter names differ in a letter and mean different things: Iran, Iraq."""
_SURE = 9
"""Names of so many letters may differ in one of them: police and policy are not a misspelling."""
_MUCH = 3
"""How many times as common the right spelling is, at least."""
_DIGITS = regex(r"\d+")
_ID = regex(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def _twin_tags(paper: Paper) -> Iterator[Finding]:
    counts = _tags(paper)
    twins = _twins(counts)
    wanted = [path for path, article in paper.articles.items() if any(slugify(tag) in twins for tag in article.tags)]
    for copy in paper.copies(wanted):
        for tag, span in copy.items("tags"):
            common = twins.get(slugify(tag))
            if common is not None:
                hint = f"`{common}` is on {counts[common]} stories, this one on {counts[slugify(tag)]}"
                yield copy.finding(span, f"`{tag}` looks like `{common}`", hint=hint, old=tag, new=common)


def _tags(paper: Paper) -> Counter[str]:
    """How many stories have each tag, by slug."""
    return Counter(slug for article in paper.articles.values() for slug in {slugify(tag) for tag in article.tags})


def _twins(counts: Mapping[str, int]) -> dict[str, str]:
    """Each tag that differs from a much commoner one by a letter, a hyphen or a plural only, and that one."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for slug in counts:
        for form in _forms(slug):
            near[form].append(slug)
    found = ((rare, common) for form, slugs in near.items() for rare in slugs for common in slugs if rare != common)
    twins: dict[str, str] = {}
    for rare, common in found:
        if _is_twin(counts, rare, common) and counts[common] > counts.get(twins.get(rare, ""), 0):
            twins[rare] = common
    return twins


def _is_twin(counts: Mapping[str, int], rare: str, common: str) -> bool:
    """Whether one of two tags that are near each other probably is the other one misspelt."""
    one, other = rare.replace("-", ""), common.replace("-", "")
    if _DIGITS.findall(rare) != _DIGITS.findall(common) or (counts[rare], rare) >= (counts[common], common):
        return False
    if one == other:
        return True
    longer = len(one) != len(other) or min(len(one), len(other)) >= _SURE
    return longer and counts[rare] * _MUCH <= counts[common]


def _forms(slug: str) -> set[str]:
    """What two names share that are one letter apart: all that each is without one (the deletions of SymSpell)."""
    bare = slug.replace("-", "")
    if len(bare) < _LETTERS:
        return {bare, bare.removesuffix("s")} if len(bare) > 3 else {bare}
    return {bare, *(bare[:at] + bare[at + 1 :] for at in range(len(bare)))}


def _single_use(paper: Paper) -> Iterator[Finding]:
    counts = _tags(paper)
    for copy in paper.copies():
        for tag, span in copy.items("tags"):
            if counts[slugify(tag)] == 1:
                yield copy.finding(span, f"no other story has the tag `{tag}`")


def _unknown_author(paper: Paper) -> Iterator[Finding]:
    known = {author for group in _profiles(paper) for author in group}
    ids = {group[0] for group in _profiles(paper)}
    if not known:
        return
    odd = {name for article in paper.articles.values() for name in article.authors if _is_odd(name, known)}
    wanted = [path for path, article in paper.articles.items() if not odd.isdisjoint(article.authors)]
    for copy in paper.copies(wanted):
        for name, span in copy.items("authors"):
            if name in odd:
                near = did_you_mean(name, ids) or did_you_mean(name, known)
                hint = near or "describe them in `[authors.ID]` or content/authors, or write the name"
                yield copy.finding(span, f"no author is called `{name}`", hint=hint)


def _is_odd(name: str, known: set[str]) -> bool:
    """Whether a name is written like an id, or nearly like a known name. Any other is a guest's."""
    if name in known or slugify(name) in known:
        return False
    return bool(_ID.fullmatch(name)) or bool(did_you_mean(name, {other.lower() for other in known if " " in other}))


def _profiles(paper: Paper) -> Iterator[tuple[str, str]]:
    """The id and the name of each author that is described somewhere."""
    for group in paper.session.site.groups["author"].values():
        if group.profile is not None or group.article is not None:
            yield group.slug, group.title


def _unlisted_section(paper: Paper) -> Iterator[Finding]:
    """A folder that is no section of the configuration; `section` in the front matter is looked at when it is read."""
    listed = [section.slug for section in paper.config.sections]
    for path, article in paper.articles.items() if listed else ():
        if article.section and not article.line("section") and slugify(article.section) not in listed:
            hint = did_you_mean(article.section, listed, "list it in the configuration, or move the file")
            yield Finding(Span(path, 1), f"the folder `{article.section}` is no section of this site", hint=hint)


RULES = (
    Rule(code="twin-tag", severity="warning", says="A tag is nearly the same as a commoner one.", find=_twin_tags),
    Rule(code="single-use-tag", severity="off", says="A tag is on one story only.", find=_single_use),
    Rule(
        code="unknown-author",
        severity="warning",
        says="An author looks like an id or a name, and is neither.",
        find=_unknown_author,
    ),
    Rule(
        code="unlisted-section",
        severity="warning",
        says="A story lies in a folder that is no section.",
        find=_unlisted_section,
    ),
)
