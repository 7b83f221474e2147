"""The promises of the design that a reader of one file cannot see: floors, cycles, sizes, public names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median, quantiles

import pytest

import sitegen

ROOT = Path(sitegen.__file__).parents[1]

FLOORS = [
    ["regex", "plain", "errors", "text", "clock", "progress"],
    ["config", "urls", "engine", "files", "store", "diagnostics"],
    ["content"],
    ["site"],
    ["render", "plugins"],
    ["session", "check", "build", "explain", "newsletter", "speaking", "narrating"],
    ["serve", "deploy", "importers"],
    ["cli"],
    ["__main__"],
]
"""A module imports only what stands on a lower floor, or before it on its own. `sitegen` itself imports nothing."""


def modules() -> Mapping[str, ast.Module]:
    found = {}
    for file in sorted((ROOT / "sitegen").rglob("*.py")):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(file.read_text(encoding="utf-8"))
    return found


MODULES = modules()


def imports(name: str) -> Iterator[str]:
    """The modules of ours that a module imports anywhere: in functions and under TYPE_CHECKING too."""
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative import in line {node.lineno}"
            if node.module in MODULES:
                inner = [f"{node.module}.{alias.name}" for alias in node.names]
                yield from (name if name in MODULES else str(node.module) for name in inner)


def part(name: str) -> str:
    """The package or flat module below `sitegen` that a module belongs to."""
    return name.split(".")[1] if "." in name else ""


def test_every_module_has_a_floor() -> None:
    places = [name for floor in FLOORS for name in floor]
    assert {part(name) for name in MODULES} - {""} <= set(places)
    assert len(places) == len(set(places))


def test_imports_point_down() -> None:
    order = {"": (-1, 0)} | {name: (f, i) for f, floor in enumerate(FLOORS) for i, name in enumerate(floor)}
    breaches = [
        f"{name} imports {other}"
        for name in MODULES
        for other in imports(name)
        if part(name) != part(other) and order[part(name)] <= order[part(other)]
    ]
    assert breaches == []
    assert list(imports("sitegen")) == []


def test_there_is_no_import_cycle() -> None:
    try:
        TopologicalSorter({name: set(imports(name)) - {name} for name in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def lines(name: str) -> int:
    file = ROOT / name.replace(".", "/")
    return len((file / "__init__.py" if file.is_dir() else file.with_suffix(".py")).read_bytes().splitlines())


def test_modules_are_small() -> None:
    sizes = {name: lines(name) for name in MODULES}
    assert {name: size for name, size in sizes.items() if size > 300} == {}
    assert median(sizes.values()) <= 130


def test_functions_are_small() -> None:
    functions = [
        node.end_lineno - node.lineno + 1
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    assert median(functions) <= 8
    assert quantiles(functions, n=10)[-1] < 30


def public_names(name: str) -> list[str]:
    for node in MODULES[name].body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == "__all__":
            return [str(text) for text in ast.literal_eval(node.value)]  # type: ignore[attr-defined]
    assert not bound_names(name), f"{name} has no __all__"
    return []


def bound_names(name: str) -> set[str]:
    """What a module binds at its top level."""
    found = set()
    for node in MODULES[name].body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        found.update(n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    return found


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_is_public(name: str) -> None:
    public = public_names(name)
    assert set(public) <= bound_names(name)
    assert len(public) == len(set(public))
    assert ast.get_docstring(MODULES[name]), "a module says what it is for"


def test_the_public_names_of_the_package() -> None:
    assert public_names("sitegen") == ["__version__"]


def test_the_version_is_in_the_changelog() -> None:
    assert f"## {sitegen.__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_classes_are_named_for_what_they_are() -> None:
    names = [node.name for tree in MODULES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [name for name in names if re.search(r"(Manager|Handler|Context|Helper|Utils?|Base)$", name)] == []
