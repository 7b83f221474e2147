"""What a script says about itself: what it imports, exports and declares, told by a parser of JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from sitegen.errors import Span, TemplateError
from sitegen.plain import Record
from sitegen.render.assets.parts import Part

__all__ = ["Import", "Module", "parsed", "shape"]

_IMPORTED = "an import takes names as they were exported: `import { name } from …`"
_EXPORTED = "an export gives names as they were declared here: `export { name }`"
Named = tuple[tuple[str, Span], ...]
"""Names, each with the place where it stands."""


class Import(Record, frozen=True):
    """An `import` of another file of the theme."""

    reference: str
    place: Span
    names: Named


class Module(Record, frozen=True):
    """One file."""

    part: Part
    code: str
    """Its text without imports of other files of the theme; if it is itself imported, also without `export`."""
    imports: tuple[Import, ...]
    exports: frozenset[str]
    declared: Named
    """Names of its top level."""


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_javascript.language()))


def parsed(part: Part, *, imported: bool) -> Module:
    """The module in a file, which another one imports or none does.

    Raises `TemplateError` at what is not JavaScript, or cannot be put together with others.
    """
    root = _parser().parse(part.text.encode()).root_node
    if root.has_error:
        raise _syntax_error(part, root)
    _check_dynamic(part, root)
    own = [node for node in root.children if node.type == "import_statement" and _reference(node).startswith(".")]
    exports = [node for node in root.children if imported and node.type == "export_statement"]
    return Module(
        part=part,
        code=_without(part, [*((node.start_byte, node.end_byte) for node in own), *map(_export_mark, exports)]),
        imports=tuple(Import(_reference(node), _place(part, node), _imported(part, node)) for node in own),
        exports=frozenset(name for node in exports for name in _exported(part, node)),
        declared=tuple((_text(name), _place(part, name)) for node in root.children for name in _declared(node)),
    )


def shape(code: str) -> Iterator[str]:
    """What a script consists of, in order, without blanks and comments: equal for scripts that do the same."""
    for node in _nodes(_parser().parse(code.encode()).root_node):
        if node.type != "comment":
            yield node.type if node.children else f"{node.type} {_text(node)}"


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def _place(part: Part, node: Node) -> Span:
    row, column = node.start_point
    before = part.text.encode().split(b"\n")[row][:column].decode()
    return part.span(row + 1, len(before) + 1, len(_text(node).split("\n", maxsplit=1)[0]) or 1)


def _syntax_error(part: Part, root: Node) -> TemplateError:
    node = next(node for node in _nodes(root) if node.is_error or node.is_missing)
    message = f"`{node.type}` is missing" if node.is_missing else "this is not JavaScript"
    return TemplateError(message, _place(part, node), code="bad-asset")


def _nodes(node: Node) -> Iterator[Node]:
    """The node and all within it, in the order of the text."""
    todo = [node]
    while todo:
        node = todo.pop()
        yield node
        todo.extend(reversed(node.children))


def _check_dynamic(part: Part, root: Node) -> None:
    if "import(" not in part.text:
        return
    for node in _nodes(root):
        function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is not None and function.type == "import" and given is not None and _text(given)[2:3] == ".":
            hint = "import it at the top of the file"
            message = "`import()` finds no file of the theme, because assets are served under other names"
            raise TemplateError(message, _place(part, node), hint, code="bad-import")


def _reference(node: Node) -> str:
    """What an import names."""
    source = node.child_by_field_name("source")
    return _text(source)[1:-1] if source else ""


def _imported(part: Part, node: Node) -> Named:
    """The names in an import. Raises `TemplateError` if it gives them others."""
    names = []
    for inner in _nodes(node):
        if inner.type == "import_clause" and inner.named_children[0].type != "named_imports":
            raise _refused(part, inner, _IMPORTED)
        if inner.type == "import_specifier":
            if inner.child_by_field_name("alias"):
                raise _refused(part, inner, _IMPORTED)
            names.append((_text(inner), _place(part, inner)))
    return tuple(names)


def _exported(part: Part, node: Node) -> Iterator[str]:
    """The names that an export gives away. Raises `TemplateError` if it gives them others, or gives on what is not its
    own.
    """
    declaration = node.child_by_field_name("declaration")
    if declaration is not None and not any(child.type == "default" for child in node.children):
        yield from map(_text, _declared(declaration))
        return
    clause = next((child for child in node.children if child.type == "export_clause"), None)
    if clause is None or _reference(node):
        raise _refused(part, node, _EXPORTED)
    for specifier in clause.named_children:
        if specifier.child_by_field_name("alias"):
            raise _refused(part, specifier, _EXPORTED)
        yield _text(specifier)


def _refused(part: Part, node: Node, message: str) -> TemplateError:
    return TemplateError(message, _place(part, node), code="bad-import")


def _export_mark(node: Node) -> tuple[int, int]:
    """What goes of an export: the word before a declaration, or all of it."""
    declaration = node.child_by_field_name("declaration")
    return node.start_byte, declaration.start_byte if declaration else node.end_byte


def _declared(node: Node) -> Iterator[Node]:
    """The names that a statement of the top level declares."""
    inner = node.child_by_field_name("declaration") if node.type == "export_statement" else None
    if inner is not None:
        yield from _declared(inner)
    elif node.type in ("lexical_declaration", "variable_declaration"):
        for declarator in node.named_children:
            yield from _bound(declarator.child_by_field_name("name"))
    elif node.type.endswith(("function_declaration", "class_declaration")):
        yield from _bound(node.child_by_field_name("name"))


def _bound(pattern: Node | None) -> Iterator[Node]:
    """The names in a pattern, without the values that they have by default."""
    if pattern is None or pattern.type == "property_identifier":
        return
    if pattern.type in ("identifier", "shorthand_property_identifier_pattern"):
        yield pattern
    elif pattern.type.endswith("assignment_pattern"):
        yield from _bound(pattern.child_by_field_name("left"))
    else:
        for child in pattern.named_children:
            yield from _bound(child)


def _without(part: Part, spans: list[tuple[int, int]]) -> str:
    """The text of a part without these spans of its bytes."""
    data, kept, at = part.text.encode(), [], 0
    for start, end in sorted(spans):
        kept.append(data[at:start])
        at = end
    return b"".join([*kept, data[at:]]).decode()
