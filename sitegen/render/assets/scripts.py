"""Scripts: a module with the modules that it imports, joined into one, then minified.

The parts stand in the order in which they would run (ECMA-262, section 16.2.1.6), in one scope: `import` and `export`
go, and a name that two parts declare is an error.
"""

from __future__ import annotations

from collections.abc import Iterable

import rjsmin

from sitegen.errors import TemplateError, did_you_mean
from sitegen.render.assets.modules import Import, Module, parsed, shape
from sitegen.render.assets.parts import Part, Parts

__all__ = ["bundle_script"]


def bundle_script(entry: Part, parts: Parts) -> str:
    """The script with all it imports. Raises `TemplateError`."""
    modules: dict[Part, Module] = {}
    _collect(parsed(entry, imported=False), parts, modules)
    _check_names(modules.values())
    return _minified("\n".join(module.code for module in modules.values()))


def _collect(module: Module, parts: Parts, modules: dict[Part, Module], begun: tuple[Part, ...] = ()) -> None:
    """Adds the module, after all it imports; those may import one another, as long as they run in this order."""
    begun = (*begun, module.part)
    for wanted in module.imports:
        found = parts.imported(module.part, wanted.reference, wanted.place)
        other = modules.get(found) or parsed(found, imported=True)
        _check_import(wanted, other)
        if found not in modules and found not in begun:
            _collect(other, parts, modules, begun)
    modules[module.part] = module


def _check_import(wanted: Import, other: Module) -> None:
    for name, place in wanted.names:
        if name not in other.exports:
            hint = did_you_mean(name, other.exports)
            raise TemplateError(f"`{other.part.name}` does not export `{name}`", place, hint, code="bad-import")


def _check_names(modules: Iterable[Module]) -> None:
    owners: dict[str, Part] = {}
    for module in modules:
        for name, place in module.declared:
            owner = owners.setdefault(name, module.part)
            if owner is not module.part:
                message = f"`{owner.name}` declares `{name}` too, and parts of a script share their names"
                raise TemplateError(message, place, "give one of them another name", code="bad-import")


def _minified(code: str) -> str:
    """The script without blanks and comments; as it is if the minifier, which goes by patterns, would change more."""
    small = str(rjsmin.jsmin(code))
    return small if list(shape(code)) == list(shape(small)) else code
