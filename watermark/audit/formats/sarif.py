"""SARIF 2.1.0 (OASIS), which code hosts show next to a change."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from watermark._version import __version__
from watermark.audit.formats.item import RULES, TITLES, Item, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def to_sarif(items: Sequence[Item]) -> str:
    """Return one run: a rule for each class, and a result for each item that needs attention or was not checked."""
    codes = list(RULES)
    rules = [
        {
            "id": code,
            "shortDescription": {"text": TITLES[code]},
            "fullDescription": {"text": meaning},
        }
        for code, meaning in RULES.items()
    ]
    driver = {"name": "watermark", "semanticVersion": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, codes.index(item.code)) for item in items if item.level is not Severity.NONE],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _result(item: Item, rule: int) -> dict[str, Any]:
    fingerprint = hashlib.sha256(f"{item.code}\0{item.path}".encode("utf-8", "surrogateescape")).hexdigest()
    return {
        "ruleId": item.code,
        "ruleIndex": rule,
        "level": item.level.value,
        "message": {"text": item.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(item.path)}}}],
        "partialFingerprints": {"classAndPath/v1": fingerprint},
    }


def _uri(path: str) -> str:
    """Return a path as a URI reference; relative paths stay relative to the folder in which the command ran."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix().encode("utf-8", "surrogateescape"))
