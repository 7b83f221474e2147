"""Whatever was edited, built and checked before: a check says what one says that knows nothing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.build import BuildOptions, build
from sitegen.check.desk import Checked, CheckOptions, check
from tests.check.planted import planted
from tests.oracle.histories import EditStep, folder
from tests.oracle.model import EDITS, Disk, Model, start
from tests.support.sites import NOW, Site

_CONFIG = {"[check.style]": 'prefer = {text = "words"}', "[check.rules]": 'single-use-tag = "warning"'}
steps = st.tuples(
    st.sampled_from(sorted(set(EDITS) - {"meddle", "older", "drafts"})), st.integers(0, 7), st.integers(0, 7)
)


def afresh(site: Path, model: Model) -> Checked:
    """What a check says of the same sources in another folder."""
    other = site.parent / "afresh"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(site, other, ignore=shutil.ignore_patterns(".sitegen", "output"))
    return check(other, CheckOptions(model.now))


def compared(history: Sequence[EditStep]) -> None:
    with folder() as place:
        model, disk = start(), Disk(place / "site")
        model.config |= _CONFIG
        for number, (name, a, b) in enumerate([("nothing", 0, 0), *history]):
            EDITS[name](model, a, b)
            disk.show(model)
            if (a + b + number) % 3:
                build(disk.folder, BuildOptions(now=model.now, strict=a % 2 == 0))
            found = check(disk.folder, CheckOptions(model.now))
            assert found == afresh(disk.folder, model)


@given(st.lists(steps, min_size=1, max_size=5))
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_any_history(history: list[EditStep]) -> None:
    compared(history)


def test_a_check_leaves_a_build_alone(tmp_path: Path) -> None:
    site, other = planted(tmp_path / "one"), planted(tmp_path / "other")
    check(site.folder, CheckOptions(NOW))
    first = site.build()
    check(site.folder, CheckOptions(NOW))
    second = site.build()
    assert (first.rendered, second.rendered) == (other.build().rendered, [])
    assert site.output() == other.output()


def test_memories_that_are_damaged_or_cannot_be_kept(tmp_path: Path) -> None:
    site = planted(tmp_path)
    site.build()
    wanted = check(site.folder, CheckOptions(NOW)).problems
    memory = site.folder / ".sitegen" / "check"
    data = memory.read_bytes()
    for damaged in (b"", data[:100], data[:-1], b"\xff" * 100):
        memory.write_bytes(damaged)
        assert check(site.folder, CheckOptions(NOW)).problems == wanted
    memory.unlink()
    memory.mkdir()
    assert check(site.folder, CheckOptions(NOW)).problems == wanted


def test_outputs_that_somebody_changed_are_not_what_is_checked(tmp_path: Path) -> None:
    site = Site(tmp_path, "-- content/a.md --\n---\ntitle: A\ndate: 2026-03-01\ndeck: B\n---\nText.\n")
    site.build()
    site.write("output/index.html", '<a href="/gone/">x</a>')
    assert check(site.folder, CheckOptions(NOW)).problems == ()
