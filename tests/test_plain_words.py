"""Messages and help texts are in plain English: phrases that readers stumbled over do not come back."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "watermark"
STUMBLED_OVER = {
    r"\bthe way on\b": "what to do",
    r"\bgo on with\b": "use",
    r"\bstands? (?:on|in|at|beside|twice|there|here|outside)\b": "is, appears",
    r"\blies? (?:beside|in|on)\b": "is",
    r"\bcame of (?:it|them)\b": "the result",
    r"\banew\b": "again, re-save, rewrite",
    r"\bsound file\b": "undamaged file",
    r"\bnobody\b|\bsomebody\b(?! else)|\bstrangers?\b": "name the person or the file",
    r"(?<!\bthere )\bis no (?!longer|more|problem|need|way)": "is not a",
    r"\b(?:its|the) rights\b": "permissions",
    r"\b\w+\(s\)": "a real plural",
    r"\bLook (?:at|into)\b": "Check",
    r"\bcannot be told\b|\bnothing tells\b": "cannot be determined",
    r"\bheld against\b": "compared with",
    r"\bcarried inside\b|\bcarries inside\b": "embedded",
}


def messages(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each string of a module that may be printed, with its line; strings that document are left out."""
    tree = ast.parse(path.read_text("utf-8"))
    documents = {
        id(node.value)
        for parent in ast.walk(tree)
        if isinstance(parent, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for node in parent.body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.lineno, node.value
        elif isinstance(node, ast.FunctionDef) and any("command" in ast.dump(each) for each in node.decorator_list):
            yield node.lineno, ast.get_docstring(node) or ""  # click prints it as the help text


def objections(path: Path) -> Iterator[str]:
    """Yield each phrase in the messages of a module that readers stumbled over, and what to write."""
    for line, message in messages(path):
        if " " not in message.strip():
            continue  # a name or a key, not a sentence
        for phrase, plain in STUMBLED_OVER.items():
            if found := re.search(phrase, message):
                yield f"{path.relative_to(PACKAGE.parent)}:{line}: “{found.group()}” in “{message[:90]}”: write {plain}"


MODULES = sorted(PACKAGE.rglob("*.py"))
ENFORCED = (
    *("__init__.py", "api.py", "cli", "errors.py", "hook.py", "models.py", "receipt.py"),
    *("article", "audit", "batch", "desk", "notice", "pdf", "runtime", "stamping", "verification"),
)


@pytest.mark.parametrize("package", ENFORCED)
def test_messages_are_in_plain_words(package: str) -> None:
    modules = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] == package]
    found = [line for path in modules for line in objections(path)]
    assert not found, "\n".join(found)


WRITE_COMMANDS = {
    "audit/auditor.py": "a `git lfs pull` that can be pasted into a shell",
    "audit/judges.py": "starts JHOVE, veraPDF, pdfcpu, qpdf and Siegfried",
    "audit/remedies.py": "commands that can be pasted into a shell: they are what `check` is asked for",
    "runtime/isolation/start.py": "starts Python",
    "stamping/certificate/instructions.py": "commands for the reader of a certificate, to be copied into a shell",
    "stamping/profile/new_profile.py": "comments for the reader of a profile, with the command that uses it",
    "verification/conformance/verapdf.py": "starts veraPDF",
}
"""The modules outside the command line whose strings may name options, and why."""


def test_no_message_of_the_library_names_an_option_of_the_command_line() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {message[:90]}"
        for path in MODULES
        if "cli" not in path.relative_to(PACKAGE).parts and path.relative_to(PACKAGE).as_posix() not in WRITE_COMMANDS
        for line, message in messages(path)
        if re.search(r"(?<![\w-])--[a-z]{2,}|(?<!\S)-[a-z]\b", message)
    ]
    assert not found, "give the error its `argument`; cli/output.py adds the option:\n" + "\n".join(found)


def test_a_phrase_is_found_in_a_message_and_in_a_help_text_but_not_in_a_docstring(tmp_path: Path) -> None:
    source = tmp_path / "none.py"
    source.write_text(
        '"""nobody reads this anew"""\nREMEDY = f"Save it anew: {REMEDY}"\n\n'
        '@click.command()\ndef stamp():\n    """Mark 2 page(s)."""\n'
    )
    lines = [line for line, message in messages(source) for phrase in STUMBLED_OVER if re.search(phrase, message)]
    assert sorted(lines) == [2, 5]
