"""What a configuration file means, and where it is refused: `cases/*.txt` pair a file with the exact report."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import config as package
from sitegen.config import Config, MenuItem, Profile, builtin_themes, load, locate
from sitegen.config.positions import positions
from sitegen.diagnostics import line_reader, render, summary
from sitegen.errors import Problem, SiteProblems
from sitegen.plain import Record, fingerprint

CASES = sorted(Path(__file__).with_name("cases").glob("*.txt"))
REPOSITORY = Path(__file__).parents[2]
GUIDE = REPOSITORY / "docs" / "guide" / "configuring.md"


def site(folder: Path, text: str, name: str = "sitegen.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def codes(folder: Path, **overrides: Any) -> list[tuple[str, str]]:
    with pytest.raises(SiteProblems) as caught:
        load(folder, overrides)
    return [(problem.code, str(problem.span)) for problem in caught.value.problems]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_report_is_exactly_this(case: Path, tmp_path: Path) -> None:
    text, expected = case.read_text(encoding="utf-8").split("-- report --\n")
    with pytest.raises(SiteProblems) as caught:
        load(site(tmp_path, text))
    problems = caught.value.problems
    assert f"{render(problems, line_reader(tmp_path))}\n{summary(problems)}\n" == expected


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(site(tmp_path, "")) == Config()


def test_every_kind_of_value(tmp_path: Path) -> None:
    text = """
        base_url = "https://example.org/paper"
        authors.jo = { name = "Jo", params = { desk = 3, langs = ["en"] } }
        menus.foot = [{ title = "About", url = "/about/" }]
        [related]
        half_life_days = 10
        [markdown]
        extensions = []
        [front_matter]
        extra = "*"
        defaults."content/wire/" = { noindex = true }
        defaults."content/a" = {}
        [params]
        day = 2026-03-12
    """
    config = load(site(tmp_path, text))
    assert config.base_url == "https://example.org/paper/"
    assert config.authors == {"jo": Profile(name="Jo", params={"desk": 3, "langs": ("en",)})}
    assert config.menus == {"foot": (MenuItem("About", "/about/"),)}
    assert config.related.half_life_days == 10.0
    assert config.markdown.extensions == ()
    assert config.front_matter.extra == ("*",)
    assert config.front_matter.defaults == (("content/a", {}), ("content/wire", {"noindex": True}))
    assert fingerprint(config) == fingerprint(load(tmp_path))


def test_pyproject_serves_too_and_sitegen_toml_goes_before_it(tmp_path: Path) -> None:
    site(tmp_path, '[tool.sitegen]\ntitle = "P"\n', "pyproject.toml")
    assert (load(tmp_path).title, load(tmp_path).path) == ("P", "pyproject.toml")
    site(tmp_path, 'title = "S"\n')
    assert (load(tmp_path).title, load(tmp_path).path) == ("S", "sitegen.toml")


def test_problems_in_pyproject_are_found_in_its_table(tmp_path: Path) -> None:
    site(tmp_path, "[tool.other]\npage_size = 0\n[tool.sitegen]\npage_size = 0\n", "pyproject.toml")
    assert codes(tmp_path) == [("bad-value", "pyproject.toml:4:13")]


def test_overrides_stand_for_what_the_file_says(tmp_path: Path) -> None:
    site(tmp_path, 'base_url = "nonsense"')
    assert load(tmp_path, {"base_url": "http://h"}).base_url == "http://h/"


def test_texts_are_clean(tmp_path: Path) -> None:
    assert load(site(tmp_path, 'title = "Cafe\\u0301\\u0000"')).title == "Café"


def test_no_configuration_at_all(tmp_path: Path) -> None:
    site(tmp_path, "[tool.other]\n", "pyproject.toml")
    assert codes(tmp_path) == [("no-config", "sitegen.toml")]


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"title = \xff\n", "bad-encoding", "sitegen.toml:1"),
        (b"a = 1\nb =\n", "bad-toml", "sitegen.toml:2:4"),
        (b'title = "x', "bad-toml", "sitegen.toml:1"),
        (b'title = "a"\ntitle = "b"\n', "bad-toml", "sitegen.toml:2"),
    ],
)
def test_files_that_are_no_toml(tmp_path: Path, data: bytes, code: str, place: str) -> None:
    (tmp_path / "sitegen.toml").write_bytes(data)
    [(found, where)] = codes(tmp_path)
    assert found == code
    assert where.startswith(place)


def test_bom_and_windows_line_ends_do_not_move_anything(tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_bytes(b'\xef\xbb\xbftitle = "x"\r\npage_size = 0\r\n')
    assert codes(tmp_path) == [("bad-value", "sitegen.toml:2:13")]


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("timezone", ["UTC", "America/Argentina/Ushuaia"], ["", "Mars/Olympus", "../../etc/passwd", "utc+1"]),
        ("language", ["en", "pt-BR", "zh-Hant-TW", "sl-rozaj", "es-419"], ["", "english!", "en_GB", "e"]),
        (
            "base_url",
            ["http://localhost:8000", "https://a.example/b/c/"],
            ["", "/", "a.example", "ftp://a", "http://", "http://a:b/", "http://a/?q"],
        ),
        (
            "permalink",
            ["/{slug}/", "/{section}/{id}.html"],
            ["", "{slug}/", "/{year}/", "/{slug", "/{slug:9}/", "/../{slug}/", "//{slug}"],
        ),
        ("content_dir", ["content", "site/content"], ["", ".", "..", "/srv", "a/../..", "C:/x"]),
        ("output_dir", ["../public", "/srv/www", "dist/site"], ["", ".", "..", "./", "content", "content/x", "themes"]),
        ("theme", ["tabloid"], ["", "..", "a/b"]),
        ("page_size", [1, 500], [0, -1, 1.5, True, "30"]),
    ],
)
def test_values_that_are_taken_and_refused(tmp_path: Path, key: str, good: list[Any], bad: list[Any]) -> None:
    site(tmp_path, "")
    for value in good:
        load(tmp_path, {key: value})
    for value in bad:
        with pytest.raises(SiteProblems):
            load(tmp_path, {key: value})


def test_locate_names_the_place_of_a_value(tmp_path: Path) -> None:
    site(tmp_path, '[[sections]]\nslug = "a"\n[[sections]]\nslug = "b"\n')
    assert str(locate(tmp_path, "sections", 1, "slug")) == "sitegen.toml:4:8"
    assert str(locate(tmp_path, "theme")) == "sitegen.toml"


def paths(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path, *(inner for key, item in items for inner in paths(item, (*path, key)))}


TEXT = st.text(st.sampled_from("ab.\\\"'#=[]{},\n \té"), max_size=6)
VALUES = st.recursive(
    st.one_of(TEXT, st.integers(), st.booleans(), st.floats(allow_nan=False)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def toml(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[\n" + ", # ] not here\n".join(map(toml, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{quoted(key)} = {toml(item)}" for key, item in value.items()) + " }"
    return repr(value).replace("inf", "1.0")


@given(st.dictionaries(TEXT, VALUES, max_size=4), st.dictionaries(TEXT, VALUES, max_size=3))
def test_positions_are_known_for_exactly_the_keys_that_tomllib_reads(top: dict[str, Any], row: dict[str, Any]) -> None:
    def lines(table: dict[str, Any]) -> str:
        return "".join(f"{quoted(key)} = {toml(value)} # =\n" for key, value in table.items())

    text = lines(top) + "[[rows.'x.y']]\n" + lines(row) + "[rows.'x.y'.deep]\nk = '''\n[no]'''\n[[rows.'x.y']]\n"
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # the drawn keys clash with the fixed ones
    assert set(positions("f", text)) | {()} == paths(table)


@given(st.dictionaries(st.sampled_from(sorted(Config.__struct_fields__)), VALUES, max_size=4))
def test_any_value_is_read_or_refused_at_its_line(table: dict[str, Any]) -> None:
    text = "".join(f"{key} = {toml(value)}\n" for key, value in table.items())
    with TemporaryDirectory() as folder:
        problems = problems_of(site(Path(folder), text))
        assert {problem.span.line for problem in problems} <= set(range(1, text.count("\n") + 1))
        assert bool(render(problems, line_reader(Path(folder)))) == bool(problems)


def problems_of(folder: Path) -> tuple[Problem, ...]:
    try:
        fingerprint(load(folder))
    except SiteProblems as refusal:
        return refusal.problems
    return ()


def all_keys() -> set[str]:
    classes = [getattr(package, name) for name in package.__all__]
    return {
        name for cls in classes if isinstance(cls, type) and issubclass(cls, Record) for name in cls.__struct_fields__
    } - {"path", "preview"}


def test_the_guide_describes_every_key() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert {key for key in all_keys() if f"`{key}`" not in guide} == set()


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL))
def test_the_examples_of_the_guide_are_valid(example: str, tmp_path: Path) -> None:
    load(site(tmp_path, example))


def test_every_field_has_a_docstring() -> None:
    source = (REPOSITORY / "sitegen" / "config" / "model.py").read_text(encoding="utf-8")
    declared = re.findall(r"^    (\w+): .*\n    (\S+)", source, re.MULTILINE)
    assert [name for name, following in declared if not following.startswith('"""')] == []


def test_the_themes_that_come_along_are_found() -> None:
    assert (builtin_themes() / "broadsheet" / "theme.toml").is_file()
