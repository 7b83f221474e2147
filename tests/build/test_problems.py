"""What `sitegen build` says about mistakes, to the letter: `problems/*.txt` pair a site with what is printed.

The last block of a case is the expected text. The site has the plain theme and its settings unless the case brings its
own. `SITEGEN_ACCEPT=1` writes what is printed into the cases, to be read before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.cli import sitegen
from tests.support.sites import NOW, Site

CASES = sorted(Path(__file__).with_name("problems").glob("*.txt"))
EXPECTED = "-- printed --\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_what_is_printed_is_exactly_this(case: Path, tmp_path: Path) -> None:
    files, _, expected = case.read_text(encoding="utf-8").partition(EXPECTED)
    folder = str(Site(tmp_path, files).folder)
    printed = CliRunner().invoke(sitegen, ["build", "--site", folder, "--now", NOW.isoformat()]).stderr
    if "SITEGEN_ACCEPT" in os.environ:
        case.write_text(files + EXPECTED + printed, encoding="utf-8")
    assert printed == expected
