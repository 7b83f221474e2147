"""Style sheets and scripts put together from parts, in layers, under names that change with their content."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha384
from pathlib import Path

import pytest

from sitegen.config import builtin_themes
from tests.support.sites import Site

PAGE = """
-- templates/404.html --
{{ asset(site.params.shown) }} {{ integrity(site.params.shown) }}
"""


def built(folder: Path, files: str, shown: str = "style.css") -> Site:
    """A site whose 404 page names an asset."""
    site = Site(folder, PAGE + files, config=f'params = {{ shown = "{shown}" }}\n')
    report = site.build()
    assert not report.problems, report.problems
    return site


def assets(site: Site) -> Mapping[str, str]:
    """Served assets by their names without digest."""
    found = {path: data.decode() for path, data in site.output().items() if path.startswith("assets/")}
    return {re.sub(r"\.\w{10}(\.\w+)$", r"\1", path.removeprefix("assets/")): text for path, text in found.items()}


def style(folder: Path, files: str) -> str:
    return assets(built(folder, files))["style.css"]


def script(folder: Path, files: str) -> str:
    return assets(built(folder, files, "main.js"))["main.js"].replace("\n", "")


def test_an_asset_is_served_under_its_digest_and_known_by_it(tmp_path: Path) -> None:
    site = built(tmp_path, "-- assets/style.css --\na { color: red }")
    url, integrity = site.page("/404.html").split()
    data = site.output()[url.removeprefix("/")]
    assert data == b"a{color:red}"
    assert integrity == f"sha384-{b64encode(sha384(data).digest()).decode()}"


def test_a_style_sheet_is_served_as_one_and_its_parts_are_not(tmp_path: Path) -> None:
    files = """
-- assets/style.css --
@charset "utf-8"; /* the order of layers */
@layer first, second;
@import "_parts/a.css";
@import url(_parts/b.css) print;
@import url("_parts/c.css") layer(second) supports(display: grid) (min-width: 40rem);
p { color: black }
-- assets/_parts/a.css --
@import "d.css" layer;
a { color: red }
-- assets/_parts/b.css --
b { color: blue }
-- assets/_parts/c.css --
c { color: green }
-- assets/_parts/d.css --
d { color: grey }
"""
    site = built(tmp_path, files)
    assert assets(site) == {
        "style.css": "@layer first,second;@layer{d{color:grey}}a{color:red}@media print{b{color:blue}}"
        "@media (min-width:40rem){@supports (display:grid){@layer second{c{color:green}}}}p{color:black}"
    }


def test_what_a_style_sheet_names_is_found_from_the_part_that_names_it(tmp_path: Path) -> None:
    files = """
-- assets/style.css --
@import "_parts/a.css";
b { background: url(#gradient), url(data:image/gif;base64,R0lGOD), url("https://other.example/x.png"), url(/photo.png) }
-- assets/_parts/a.css --
a { background: url("../pictures/dot.svg#blue"), url( '../pictures/dot.svg' ), url(../pictures/dot.svg?v=1) }
-- assets/pictures/dot.svg --
<svg/>
-- assets/pages/print.css --
a { background: url(../pictures/dot.svg) }
"""
    site = built(tmp_path, files)
    [dot] = [path.removeprefix("assets/") for path in site.output() if "dot" in path]
    found = assets(site)
    assert f'url("{dot}#blue"),url("{dot}"),url("{dot}?v=1")' in found["style.css"]
    assert "url(#gradient)" in found["style.css"]
    assert 'url("https://other.example/x.png"),url(/photo.png)' in found["style.css"]
    assert f'url("../{dot}")' in found["pages/print.css"]


LAYERS = """
-- sitegen.toml --
theme = "small"
params = { shown = "style.css" }
-- themes/small/theme.toml --
name = "small"
parent = "plain"
api = 1
-- themes/plain/assets/style.css --
@import "_colours.css";
p { color: var(--ink) }
-- themes/plain/assets/_colours.css --
:root { --ink: black }
"""


def test_a_child_theme_replaces_one_part(tmp_path: Path) -> None:
    assert style(tmp_path, f"{LAYERS}-- themes/small/assets/_colours.css --\n:root {{ --ink: navy }}") == (
        ":root{--ink:navy}p{color:var(--ink)}"
    )


def test_a_file_that_imports_its_own_name_adds_to_the_one_that_it_hides(tmp_path: Path) -> None:
    files = f"""{LAYERS}
-- themes/small/assets/style.css --
@import "style.css";
q {{ color: red }}
-- assets/style.css --
@import "./style.css";
i {{ color: blue }}
"""
    assert style(tmp_path, files) == ":root{--ink:black}p{color:var(--ink)}q{color:red}i{color:blue}"


def test_a_script_is_served_as_one_in_the_order_in_which_it_would_run(tmp_path: Path) -> None:
    files = """
-- assets/main.js --
import { one, two } from "./_parts/numbers.js";
import "./_parts/first.js";
import { html } from "https://other.example/lit.js";
export const sum = one + two; // what others may import
-- assets/_parts/numbers.js --
import "./first.js";
export const one = 1, { three = one, ...rest } = {};
function two() { return 2; }
export { two };
-- assets/_parts/first.js --
console.log(`a  ${"b"}`);
"""
    assert script(tmp_path, files) == (
        'console.log(`a  ${"b"}`);const one=1,{three=one,...rest}={};function two(){return 2;}'
        'import{html}from"https://other.example/lit.js";export const sum=one+two;'
    )


def test_modules_may_import_one_another(tmp_path: Path) -> None:
    files = """
-- assets/main.js --
import { a } from "./_a.js";
a();
-- assets/_a.js --
import { b } from "./_b.js";
export function a() { return b; }
-- assets/_b.js --
import { a } from "./_a.js";
export function b() { return a; }
"""
    assert script(tmp_path, files) == "function b(){return a;}function a(){return b;}a();"


def test_a_script_that_the_minifier_would_change_stays_as_it_is(tmp_path: Path) -> None:
    code = 'const a = b => `x ${b ? `y   z` : ""}`; // nested\n'
    assert assets(built(tmp_path, f"-- assets/main.js --\n{code}", "main.js"))["main.js"] == code


def test_what_is_minified_already_or_no_text_is_served_as_it_is(tmp_path: Path) -> None:
    files = {
        "lib.min.js": b"a  =  1 }",
        "old.min.css": b"a { b: c",
        "x.bin": bytes(range(256)),
        "x.svg": b"<svg>  </svg>",
    }
    site = Site(tmp_path)
    for name, data in files.items():
        site.write(f"assets/{name}", data)
    assert not site.build().problems
    served = [data for path, data in site.output().items() if path.startswith("assets/")]
    assert sorted(served) == sorted(files.values())


def test_a_part_that_changes_renames_the_bundle_and_so_changes_the_pages_that_name_it(tmp_path: Path) -> None:
    site = built(tmp_path, '-- assets/style.css --\n@import "_a.css";\n-- assets/_a.css --\na { b: c }')
    before = site.page("/404.html")
    site.write("assets/_a.css", "a { b: d }")
    report = site.build()
    assert site.page("/404.html") != before
    assert sorted(report.rendered) == ["/404.html", f"/{next(path for path in site.output() if 'style' in path)}"]
    site.write("assets/_a.css", "a   { b: d } /* says the same */")
    assert site.build().written == []


def test_two_files_in_one_place_are_an_error(tmp_path: Path) -> None:
    site = Site(tmp_path, "-- assets/style.css --\na { b: c }\n-- content/assets --\nin the way")
    assert [problem.code for problem in site.build().problems] == ["same-url"]


@pytest.mark.parametrize("name", ["style.css", "broadsheet.js"])
def test_broadsheet_is_served_as_one_file_of_a_kind(tmp_path: Path, name: str) -> None:
    site = Site(tmp_path, theme="")
    assert not site.build().errors
    suffix = Path(name).suffix
    assert [path for path in assets(site) if path.endswith(suffix)] == [name]
    written = sum(len(path.read_bytes()) for path in (builtin_themes() / "broadsheet" / "assets").rglob(f"*{suffix}"))
    assert len(assets(site)[name]) < 0.9 * written
    assert "\n  " not in assets(site)[name]
