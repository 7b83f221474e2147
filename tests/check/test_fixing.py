"""What `--fix` mends, and that it touches nothing else."""

from __future__ import annotations

from pathlib import Path

from sitegen.check.desk import CheckOptions, check
from sitegen.check.fixing import mend
from sitegen.check.rule import Edit
from tests.support.sites import NOW, Site

_STORY = (
    '\ufeff---\r\ntitle: "It  ends."\r\ndeck: "Grüße  an alle "\r\ntags: [a-tag, a, harbour]\r\n---\r\n'
    "Utilize é e-mail, utilize  it.\r\n"
)
_MENDED = (
    '\ufeff---\r\ntitle: "It ends"\r\ndeck: "Grüße an alle"\r\ntags: [a-tag, a, harbours]\r\n---\r\n'
    "Use é email, use  it.\r\n"
)
_OTHER = "---\ntitle: B\ndeck: C\ntags: [harbours]\n---\nText.\n"
_CONFIG = '[check.style]\nprefer = {"e-mail" = "email", utilize = "use"}'


def test_only_the_bytes_concerned_change(tmp_path: Path) -> None:
    site = Site(tmp_path, "".join(f"-- content/b{n}.md --\n{_OTHER}" for n in range(3)), config=_CONFIG)
    site.write("content/2026-03-01-a.md", _STORY)
    found = check(site.folder, CheckOptions(NOW, fix=True))
    assert (site.folder / "content/2026-03-01-a.md").read_bytes().decode() == _MENDED
    assert {edit.path for edit in found.mended} == {"content/2026-03-01-a.md"}
    left = check(site.folder, CheckOptions(NOW, fix=True))
    assert left.mended == ()
    assert left.problems == found.problems


def test_a_check_without_fix_changes_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path, config=_CONFIG)
    site.write("content/2026-03-01-a.md", _STORY)
    assert check(site.folder, CheckOptions(NOW)).mended == ()
    assert (site.folder / "content/2026-03-01-a.md").read_bytes().decode() == _STORY


def test_what_is_no_longer_there_stays(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"one two\n\xff three\n")
    edits = [
        Edit("a.md", 1, 1, "two", "2"),
        Edit("a.md", 1, 5, "two", "2"),
        Edit("a.md", 1, 4, " two", " 3"),
        Edit("a.md", 2, 3, "three", "3"),
        Edit("a.md", 9, 1, "x", "y"),
    ]
    assert mend(tmp_path, edits) == [edits[1]]
    assert (tmp_path / "a.md").read_bytes() == b"one 2\n\xff three\n"
