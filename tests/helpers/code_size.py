"""How large code is: `python -m tests.helpers.code_size PATH...` prints the lines and the statements of modules.

Docstrings, comments and empty lines do not count.
"""

import ast
import io
import sys
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
TYPESETTING = ("watermark/pdf/tagged", *map("watermark/stamping/notice_document/{}.py".format, (
    "blocks", "page_layout", "typesetting",
)))  # fmt: skip
"""What sets a document in type: lines, tables, pages, tags. What the documents say is not a part of it."""
NOT_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def modules_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the modules of packages, and the modules that are named themselves."""
    for path in paths:
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def lines_of_code(source: str) -> int:
    """Return how many lines of a module hold code."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    code = {line for token in tokens if token.type not in NOT_CODE for line in range(token.start[0], token.end[0] + 1)}
    texts = (line for text in _docstrings(source) for line in range(text.lineno, (text.end_lineno or text.lineno) + 1))
    return len(code.difference(texts))


def statements(source: str) -> int:
    """Return how many statements a module has."""
    return sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(source))) - len(list(_docstrings(source)))


def _docstrings(source: str) -> Iterator[ast.Expr]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node


if __name__ == "__main__":
    chosen = sys.argv[1:] or [str(REPOSITORY / path) for path in TYPESETTING]
    sources = [path.read_text("utf-8") for path in modules_in(map(Path, chosen))]
    sys.stdout.write(f"{sum(map(lines_of_code, sources))} lines, {sum(map(statements, sources))} statements\n")
