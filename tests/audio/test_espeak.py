"""The first example of the guide, with the program that it names."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import GUIDE, examples
from tests.support.sites import NOW, Site, story

EXAMPLE = next(example.text for example in examples(GUIDE / "audio.md") if example.language == "toml")


@pytest.mark.voice
def test_the_example_of_the_guide_speaks_two_languages(tmp_path: Path) -> None:
    program, *arguments = tomllib.loads(EXAMPLE)["audio"]["command"]
    command = json.dumps([shutil.which(program), *arguments])
    site = Site(tmp_path / "site", config=f"[audio]\ncommand = {command}\n")
    site.write("content/storm.md", story("The storm", "2026-03-01", "It blew for two days, and then it stopped."))
    site.write("content/sturm.md", story("Der Sturm", "2026-03-01", "Es wehte zwei Tage.", language="de"))
    status, out, problems = site.command("audio", "--now", NOW.isoformat())
    assert (status, problems) == (0, "")
    lengths = dict(re.findall(r"spoken: content/(\w+)\.md, 0:(\d\d)\n", out))
    assert 2 <= int(lengths["sturm"]) < int(lengths["storm"]) <= 10
