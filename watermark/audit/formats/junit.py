"""JUnit XML, which build servers show as tests: a test case for each PDF."""

import re
from collections.abc import Sequence

from lxml import etree

from watermark.audit.classification import Classification
from watermark.audit.formats.item import Item, Severity

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(items: Sequence[Item]) -> str:
    """Return one suite: what needs attention fails, what was not checked is an error, what is unknown is skipped."""
    suite = etree.Element("testsuite", name="watermark check")
    counts = {"tests": len(items), "failures": 0, "errors": 0, "skipped": 0}
    for item in items:
        case = etree.SubElement(suite, "testcase", classname="watermark", name=_legal(item.path))
        if item.level is Severity.NONE:
            continue
        if item.level is Severity.NOTE:
            kind, count = "skipped", "skipped"
        elif item.code == Classification.NOT_CHECKED.code:
            kind, count = "error", "errors"
        else:
            kind, count = "failure", "failures"
        counts[count] += 1
        element = etree.SubElement(case, kind, message=_legal(item.message))
        if kind != "skipped":
            element.set("type", item.code)
            element.text = _legal(item.message)
    for name, value in counts.items():
        suite.set(name, str(value))
    suites = etree.Element("testsuites")
    suites.append(suite)
    text: str = etree.tostring(suites, pretty_print=True, xml_declaration=True, encoding="UTF-8").decode("utf-8")
    return text


def _legal(text: str) -> str:
    """Return the text with a question mark for each character that XML does not allow (XML 1.0 2.2)."""
    return _ILLEGAL.sub("?", text)
