"""The Jinja environment, with every look at a template recorded as a question by name.

Facts about Jinja 3.1 that shape this module, each pinned in tests/render/test_jinja_facts.py:
`import` without context keeps one module for the life of the process, so what it reads would vanish from later traces;
templates that do not exist are asked for too; a filter with constant arguments is folded when the template is compiled.

`include … without context` cannot see the page, so its text is a question of its own (`included`), answered once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context
from jinja2.utils import missing

from sitegen.engine.kinds import Watch, unwatched
from sitegen.errors import did_you_mean
from sitegen.render.bytecode import Bytecode

__all__ = ["Environment", "Missing", "UndefinedHint"]

Read = Callable[..., Any]


_NAMES = {
    "SiteView": "`site`",
    "ArticleView": "`article`",
    "NoneType": "nothing (None)",
    "dict": "this table",
    "Params": "this table",
    "str": "this text",
    "int": "this number",
}


class UndefinedHint(jinja2.UndefinedError):
    """Something that does not exist was used; `hint` names what may have been meant."""

    def __init__(self, message: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Missing(jinja2.StrictUndefined):
    """What a name stands for that nobody defined: any use of it is an error that says what there is instead."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> Any:
        owner, name = self._undefined_obj, self._undefined_name
        if self._undefined_hint:
            raise UndefinedHint(self._undefined_hint)
        if owner is missing:
            raise UndefinedHint(f"`{name}` is not defined", "templates see `site`, `page` and `article`")
        known = owner if isinstance(owner, Mapping) else [known for known in dir(owner) if not known.startswith("_")]
        raise UndefinedHint(f"{_what(owner)} has no `{name}`", did_you_mean(str(name), known))

    __iter__ = __str__ = __len__ = __bool__ = __eq__ = __ne__ = __hash__ = _fail_with_undefined_error
    __call__ = __getitem__ = __add__ = __radd__ = __contains__ = _fail_with_undefined_error

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        return self._fail_with_undefined_error()


def _what(owner: object) -> str:
    name = type(owner).__name__
    return _NAMES.get(name) or ("`page`" if name.endswith("PageView") else f"this {name.removesuffix('View').lower()}")


class _Included:
    """What Jinja takes for a module, as far as an include needs one."""

    def __init__(self, body: tuple[str, ...]) -> None:
        self._body_stream = body


class _Template(jinja2.Template):
    def _get_default_module(self, ctx: Context | None = None) -> Any:
        if ctx is None:  # `include … without context`: the text is the same wherever it stands
            assert isinstance(self.environment, Environment)
            return _Included((self.environment.read("included", self.name),))
        # Run again for every template that imports it: what it reads belongs into that template's trace.
        return self.make_module({key: ctx.parent[key] for key in ctx.globals_keys - self.globals.keys()})

    def alone(self) -> str:
        """What this template says by itself, without a page."""
        return "".join(self.root_render_func(self.new_context()))

    @classmethod
    def _from_namespace(
        cls, environment: jinja2.Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> jinja2.Template:
        assert isinstance(environment, Environment)
        watched, name, blocks = environment.watched, namespace["name"], namespace["blocks"]
        for block, function in blocks.items():
            # In both places: `super()` looks for what the code knows by this name among the listed ones.
            blocks[block] = namespace[f"block_{block}"] = watched("block", name, function)
        namespace["root"] = watched("template", name, namespace["root"])
        return super()._from_namespace(environment, namespace, globals)


class _Loader(jinja2.BaseLoader):
    def __init__(self, source: Callable[[str], tuple[str, str]]) -> None:
        self._source = source

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, None]:
        text, path = self._source(template)
        return text, path, None


def _is_markup(name: str | None) -> bool:
    """Whether what a template prints is escaped: in plain text and style sheets it would be seen."""
    return not (name or "").endswith((".txt", ".css"))


_bytecode = Bytecode()


class Environment(jinja2.Environment):
    """Templates by name. `read("template", name)` answers with a digest or None; `source(name)` gives text and path."""

    template_class = _Template

    def __init__(self, read: Read, source: Callable[[str], tuple[str, str]], watched: Watch = unwatched) -> None:
        loader = _Loader(source)
        super().__init__(
            loader=loader,
            autoescape=_is_markup,
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.loopcontrols"],
            bytecode_cache=_bytecode,
        )
        self.watched = watched
        self._load = watched("setup", "compiling templates", loader.load)
        self.read = read
        self._compiled: dict[tuple[str, str], jinja2.Template] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """What begins with `_` is not for templates: it could be looked at without being recorded."""
        tree = super()._parse(source, name, filename)
        for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
            wanted = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)  # type: ignore[attr-defined]
            if isinstance(wanted, str) and wanted.startswith("_"):
                raise jinja2.TemplateSyntaxError(f"`{wanted}` is not for templates", node.lineno, name, filename)
        return tree

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> jinja2.Template:
        mark = self.read("template", name)
        if mark is None:
            raise jinja2.TemplateNotFound(name)
        template = self._compiled.get((name, mark))
        if template is None:
            template = self._compiled[name, mark] = self._load(self, name, self.make_globals(globals))
        elif globals:
            template.globals.update(globals)
        return template

    def alone(self, name: str) -> str:
        """The text of a template that is included without context."""
        template = self.get_template(name)
        assert isinstance(template, _Template)
        return template.alone()

    def provide(self, functions: Mapping[str, Any], filters: Mapping[str, Any]) -> None:
        """Names that every template sees."""
        self.globals.update(functions)
        self.filters.update(filters)
