"""The promise, kept by a server that runs for long: after any edits, every URL has the bytes of a clean build.

`make soak` makes 2,000 edits. What the server holds on to must not grow with them.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from sitegen.build import BuildOptions, build
from tests.oracle import model as oracle
from tests.oracle.histories import clean_build, tree
from tests.oracle.model import DAY, EDITS, Disk, Model
from tests.serve.conftest import Server, Start
from tests.support.sites import Site

SOAK = int(os.environ.get("SITEGEN_SOAK", "60"))
"""Edits."""
SHARE = 20
"""Edits between two comparisons."""
PATIENCE = 60
"""Seconds after which a server that does not show what was saved never will."""
GROWTH = {"memory": 48 << 20, "handles": 8, "threads": 48}
"""By how much a server may grow after its first quarter: some folders come later, and threads come up to a number."""
OF_BUILDS = ("clock", "drafts", "preview", "meddle", "older", "nothing")
"""What somebody does to a build, and not to the files of a site."""
ONLY_BUILT = ("pagefind/", "search/")
CLIENT = re.compile(rb'<script src="[^"]*/__sitegen/client\.js" data-mark="\w+"></script>')
PICTURES = (".avif", ".webp", ".jpg", ".png")
"""A preview answers each size that a picture may have, whether a page shows it or not."""
BEACON = "content/pages/beacon.md"


@dataclass
class Soak:
    """A site that is edited, and a server that shows it."""

    place: Path
    model: Model
    disk: Disk
    server: Server
    chance: random.Random = field(default_factory=lambda: random.Random(5))
    known: set[str] = field(default_factory=set)
    """Every file that there ever was."""
    good: Model = field(init=False)
    """What the site was when it was last published."""

    def __post_init__(self) -> None:
        self.good = deepcopy(self.model)

    def edit(self) -> None:
        """Somebody edits; somebody looks at a page; now and then, somebody builds."""
        name = self.chance.choice([name for name in EDITS if name not in OF_BUILDS])
        EDITS[name](self.model, self.chance.randrange(8), self.chance.randrange(8))
        self.disk.show(self.model)
        if self.known and self.chance.random() < 0.5:
            self.server.get(self.url(self.chance.choice(sorted(self.known))))
        if self.chance.random() < 0.02:
            build(self.disk.folder, BuildOptions(now=DAY))

    def url(self, file: str) -> str:
        prefix = "/sub/" if "/sub/" in self.model.config["base_url"] else "/"
        return prefix + file.removesuffix("index.html")

    def compare(self) -> None:
        """Fails with an `AssertionError` if some URL is not what a clean build makes.

        If the edits have made a site that is not published, or of which no page can be made, somebody goes back to the
        last one that was.
        """
        self.model.files[BEACON] = f"---\ntitle: Beacon\n---\nLight {self.chance.random()}.\n"
        clean, report = clean_build(self.place, self.model)
        if not report.published or not (clean / "beacon/index.html").exists():
            self.model = deepcopy(self.good)
            self.compare()
            return
        self.good = deepcopy(self.model)
        self.disk.show(self.model)
        wanted = {file: data for file, data in tree(clean).items() if not file.startswith(ONLY_BUILT)}
        self._wait_for(wanted["beacon/index.html"])
        for file, data in wanted.items():
            reply = self.server.get(self.url(file))
            if reply.status == 301:  # as on a host that reads `_redirects`; the page says the same
                assert reply.headers["Location"].encode() in data, file
            else:
                assert CLIENT.sub(b"", reply.body) == data, file
        gone = sorted(file for file in self.known - wanted.keys() if not file.endswith(PICTURES) and not report.failed)
        assert [file for file in gone if self.server.get(self.url(file)).status == 200] == []
        self.known.update(wanted)

    def _wait_for(self, page: bytes) -> None:
        """Until the server has seen what was written last."""
        end = time.monotonic() + PATIENCE
        while (shown := CLIENT.sub(b"", self.server.get(self.url("beacon/index.html")).body)) != page:
            assert time.monotonic() < end, shown


@pytest.fixture
def soak(tmp_path: Path, start: Start) -> Soak:
    """One that begins."""
    model, disk = oracle.start(), Disk(tmp_path / "site")
    disk.show(model)
    site = Site.__new__(Site)
    site.folder = disk.folder
    return Soak(tmp_path, model, disk, start(site, "--now", DAY.isoformat(), "--no-drafts"))


def held(server: Server) -> Mapping[str, int]:
    """What a server holds on to."""
    process = psutil.Process(server.process.pid)
    return {"memory": process.memory_info().rss, "handles": process.num_fds(), "threads": process.num_threads()}


def rounds(soak: Soak) -> Iterator[Mapping[str, int]]:
    for _ in range(SOAK // SHARE):
        for _ in range(SHARE):
            soak.edit()
        soak.compare()
        yield held(soak.server)


def test_a_server_that_runs_for_long(soak: Soak) -> None:
    found = list(rounds(soak))
    early, late = found[len(found) // 4], found[-1]
    assert {name: late[name] - early[name] for name in late if late[name] - early[name] > GROWTH[name]} == {}
    assert soak.server.stop() == 0
    assert soak.server.complaints() == ""
