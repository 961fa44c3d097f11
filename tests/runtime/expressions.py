"""Every regular expression of the package, with the inputs that pump it: derived from the expression itself."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined] - how re itself reads an expression
from typing import Any, cast

import watermark
from watermark.runtime.expressions import LazyExpression

ANCHORED = frozenset({"match", "fullmatch"})
CATEGORIES = {"DIGIT": "1", "SPACE": " ", "WORD": "a", "NOT_SPACE": "a", "NOT_DIGIT": "a", "NOT_WORD": "-"}
CANDIDATES = "a1 -.x<>([\n/\0"
MANY = 50
WORDS = ("A", "a ", "Ab ", "Ab, ", "A. ", "1, ")
"""Texts whose parts several repetitions of an expression may share out among them in many ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """One expression, where it is defined, and the methods that the package calls on it."""

    name: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]

    def run(self, text: str) -> None:
        """Apply it as the package does: from the start only, or everywhere."""
        given = text if isinstance(self.pattern.pattern, str) else text.encode("latin-1", "replace")
        for method in self.methods & ANCHORED:
            getattr(self.pattern, method)(given)
        if not self.methods or self.methods - ANCHORED:
            for _ in self.pattern.finditer(given):
                pass

    def pumps(self) -> set[tuple[str, str, str]]:
        """Return (before, repeated, after) for words, and for each repetition that has no small bound."""
        source, flags = self.pattern.pattern, self.pattern.flags
        if isinstance(source, bytes):
            source, flags = source.decode("latin-1"), flags & ~re.UNICODE
        tree = _parser.parse(source, flags & ~re.DEBUG)
        repetitions = list(_repetitions(tree, ""))
        found = {(before, word, "\0") for before in ("", *dict(repetitions)) for word in WORDS}
        for before, unit in repetitions:
            found |= {(before, unit, "\0"), (before, unit, ""), ("", before + unit, "\0")}
        return {pump for pump in found if pump[1]}


def expressions() -> Iterator[Expression]:
    """Yield each expression that a module of the package holds."""
    seen = set[int]()
    methods = _methods()
    for module in pkgutil.walk_packages(watermark.__path__, "watermark."):
        if module.name.endswith(("__main__", ".worker")):
            continue
        values = vars(importlib.import_module(module.name))
        for name, value in sorted(values.items()):
            for pattern in _patterns(value):
                if id(pattern) not in seen:
                    seen.add(id(pattern))
                    yield Expression(
                        name=f"{module.name}:{name}",
                        pattern=pattern,
                        methods=frozenset(methods.get(f"{module.name}:{name}", methods.get(name, ()))),
                    )


def inline_expressions() -> Iterator[Expression]:
    """Yield each expression that is written where it is used."""
    root = Path(watermark.__path__[0])
    for path, nodes in _nodes().items():
        for node in nodes:
            if expression := _inline(node):
                pattern, method = expression
                name = f"{path.relative_to(root)}:{node.lineno}"  # type: ignore[attr-defined] - it is a call
                yield Expression(name=name, pattern=pattern, methods=frozenset({method}))


@cache
def _nodes() -> dict[Path, list[ast.AST]]:
    """Return the calls and attributes in each module of the package."""
    return {
        path: [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, (ast.Call, ast.Attribute))
        ]
        for path in sorted(Path(watermark.__path__[0]).rglob("*.py"))
    }


def _inline(node: ast.AST) -> tuple[re.Pattern[Any], str] | None:
    """Return the expression of `re.METHOD("expression", text)`, and the method."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return None
    module, written = node.func.value, node.args[0]
    is_used = isinstance(module, ast.Name) and module.id == "re" and node.func.attr != "compile"
    if not is_used or not isinstance(written, ast.Constant) or not isinstance(written.value, (str, bytes)):
        return None
    options = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
    flags = re.RegexFlag(0)
    for option in options:
        for part in ast.walk(option):
            if isinstance(part, ast.Attribute) and isinstance(flag := getattr(re, part.attr, None), re.RegexFlag):
                flags |= flag
    return re.compile(written.value, flags), node.func.attr


def _patterns(value: object) -> list[re.Pattern[Any]]:
    if isinstance(value, (re.Pattern, LazyExpression)):
        return [cast("re.Pattern[Any]", value)]
    values = value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else ()
    return [cast("re.Pattern[Any]", one) for one in values if isinstance(one, (re.Pattern, LazyExpression))]


def _methods() -> dict[str, set[str]]:
    """Return which methods are called on each name: a private one with its module, a public one wherever it is."""
    found = dict[str, set[str]]()
    root = Path(watermark.__path__[0])
    for path, nodes in _nodes().items():
        module = ".".join(path.relative_to(root.parent).with_suffix("").parts).removesuffix(".__init__")
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
                name = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                if node.attr in {*ANCHORED, "search", "finditer", "findall", "sub", "subn", "split", "scanner"}:
                    found.setdefault(f"{module}:{name}" if name.startswith("_") else name, set()).add(node.attr)
    return found


def _repetitions(tree: Sequence[tuple[Any, Any]], before: str) -> Iterator[tuple[str, str]]:
    for kind, value in tree:
        if kind in {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}:
            if value[1] is _constants.MAXREPEAT or value[1] > MANY:
                yield before, _sample(value[2])
            yield from _repetitions(value[2], before)
        elif kind is _constants.SUBPATTERN:
            yield from _repetitions(value[3], before)
        elif kind is _constants.ATOMIC_GROUP:
            yield from _repetitions(value, before)
        elif kind is _constants.BRANCH:
            for branch in value[1]:
                yield from _repetitions(branch, before)
        before += _sample([(kind, value)])


def _sample(tree: Sequence[tuple[Any, Any]]) -> str:
    """Return a text that a part of an expression matches, each repetition as often as it must be, at least once."""
    text = ""
    for kind, value in tree:
        if kind is _constants.LITERAL:
            text += chr(value)
        elif kind is _constants.NOT_LITERAL:
            text += "b" if value == ord("a") else "a"
        elif kind is _constants.ANY:
            text += "a"
        elif kind is _constants.IN:
            text += _one_of(value)
        elif kind is _constants.BRANCH:
            text += _sample(value[1][0])
        elif kind is _constants.SUBPATTERN:
            text += _sample(value[3])
        elif kind is _constants.ATOMIC_GROUP:
            text += _sample(value)
        elif kind in {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}:
            text += _sample(value[2]) * max(value[0], 1)
    return text


def _one_of(items: Sequence[tuple[Any, Any]]) -> str:
    is_negated = any(kind is _constants.NEGATE for kind, _ in items)
    if is_negated:
        return next((one for one in CANDIDATES if not any(_holds(item, one) for item in items)), "a")
    for kind, value in items:
        if kind is _constants.LITERAL:
            return chr(value)
        if kind is _constants.RANGE:
            return chr(value[0])
        if kind is _constants.CATEGORY:
            return CATEGORIES[str(value).removeprefix("CATEGORY_")]
    return "a"


def _holds(item: tuple[Any, Any], one: str) -> bool:
    kind, value = item
    if kind is _constants.LITERAL:
        return chr(value) == one
    if kind is _constants.RANGE:
        return bool(value[0] <= ord(one) <= value[1])
    if kind is _constants.CATEGORY:
        name = str(value).removeprefix("CATEGORY_")
        is_in = {"DIGIT": one.isdigit(), "SPACE": one.isspace(), "WORD": one.isalnum() or one == "_"}
        return not is_in[name.removeprefix("NOT_")] if name.startswith("NOT_") else is_in[name]
    return False
