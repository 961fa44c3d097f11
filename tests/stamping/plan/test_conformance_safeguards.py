"""What keeps a copy archivable, taken out one at a time: each time a validator objects, and nothing is saved."""

import functools
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.helpers.archival_copies import objections, stamped
from tests.helpers.build import build
from tests.helpers.pieces.archival import xmp_packet
from watermark.models import Claim, Result
from watermark.pdf import incremental_update
from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.serialization import Name, Raw, Ref
from watermark.stamping.attach import embedded_files
from watermark.stamping.mark.pages import (
    edge_line_painter,
    form_xobjects,
    stamper,
    structure_elements,
)
from watermark.stamping.metadata import writer
from watermark.stamping.plan import conformance, planner

TakeOut = Callable[[pytest.MonkeyPatch], None]
CYRILLIC = "Отозвана: https://doi.org/10.5555/notice"


def grey_only() -> bytes:
    """A PDF/A-2b without an output intent: nothing in it leans on one, and no page has a colour space to blend in."""
    grey = Raw(b"[/CalGray<</WhitePoint[.9505 1 1.089]>>]")
    return build(
        pdfa="2b",
        catalog={"/Lang": "en"},
        resource_entries={"/ColorSpace": {"/Own": grey}},
        content=b"/Own cs 0 sc BT /F1 12 Tf 72 700 Td (This is page 1 of the article.) Tj ET",
    ).replace(b"/GTS_PDFA1", b"/GTS_OTHER")


def accessible() -> bytes:
    return build(pdfua=True, tagged=True, pages=2)


def accessible_in_its_elements() -> bytes:
    """A PDF/UA-1 file that names its language on its structure elements only."""
    title = b'<rdf:li xml:lang="x-default">An article</rdf:li>'
    packet = xmp_packet("An article", ua=True).replace(title, title + title.replace(b"x-default", b"en"))
    with pikepdf.open(io.BytesIO(build(pdfua=True, tagged=True, pages=2, xmp=packet))) as document:
        del document.Root.Lang
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem":
                item.Lang = pikepdf.String("en")
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


ORIGINALS: dict[str, Callable[[], bytes]] = {
    "1b": lambda: build(pdfa="1b"),
    "2b": lambda: build(pdfa="2b"),
    "2b without an output intent": grey_only,
    "2b without an end of line": lambda: build(pdfa="2b", eof_newline=False),
    "2u": lambda: build(pdfa="2u"),
    "3b": lambda: build(pdfa="3b"),
    "ua1": accessible,
    "ua1 with its language in its elements": accessible_in_its_elements,
}


def device_colour(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(form_xobjects, "srgb_tokens", lambda: Name("/DeviceRGB"))


def link_without(key: str) -> TakeOut:
    def take_out(patch: pytest.MonkeyPatch) -> None:
        link = {name: value for name, value in edge_line_painter._LINK.items() if name != key}
        patch.setattr(edge_line_painter, "_LINK", link)  # a new one: a key that is put back is the last of its entries

    return take_out


def no_schemas(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(writer, "schemas_of", lambda _: ())


def no_map_to_unicode(patch: pytest.MonkeyPatch) -> None:
    embed = form_xobjects.embed

    def without(draft: ObjectDraft, *others: Any, **more: Any) -> Any:  # noqa: ANN401 - whatever the writer passes on
        typeface = embed(draft, *others, **more)
        del draft.change(typeface.ref)["/ToUnicode"]
        return typeface

    patch.setattr(form_xobjects, "embed", without)


def no_newline(patch: pytest.MonkeyPatch) -> None:
    revision_bytes = incremental_update.revision_bytes

    def glued(base: Any, *others: Any, **more: Any) -> Any:  # noqa: ANN401 - whatever the writer passes on
        return revision_bytes(replace(base, ends_with_newline=True), *others, **more)

    patch.setattr(incremental_update, "revision_bytes", glued)


def letters_no_artifact(patch: pytest.MonkeyPatch) -> None:
    painted = stamper.mark_operators
    patch.setattr(
        stamper,
        "mark_operators",
        lambda *values, **more: (
            painted(*values, **more)
            .replace(b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC ", b"")
            .removesuffix(b" EMC")
        ),
    )


def line_in_no_language(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(form_xobjects, "string", lambda _: b"()")


def no_relationship(patch: pytest.MonkeyPatch) -> None:
    specification = embedded_files._file_specification

    def without(draft: ObjectDraft, *others: Any) -> Ref:  # noqa: ANN401 - whatever the writer passes on
        ref = specification(draft, *others)
        del draft.change(ref)["/AFRelationship"]
        return ref

    patch.setattr(embedded_files, "_file_specification", without)


def opacity_everywhere(patch: pytest.MonkeyPatch) -> None:
    rules = conformance.conformance_rules
    patch.setattr(planner, "conformance_rules", lambda info: replace(rules(info), outline_only=False))


def files_everywhere(patch: pytest.MonkeyPatch) -> None:
    rules = conformance.conformance_rules
    patch.setattr(
        planner,
        "conformance_rules",
        lambda info: replace(rules(info), embeds_any=True, embeds_notice_document=True),
    )


def elements_without_language(patch: pytest.MonkeyPatch) -> None:
    element = structure_elements.Tags._element

    def silent(self: structure_elements.Tags, *values: Any) -> Ref:  # noqa: ANN401 - whatever the writer passes on
        ref = element(self, *values)
        self._draft.change(ref).pop("/Lang")
        return ref

    patch.setattr(structure_elements.Tags, "_element", silent)


def links_without_key(patch: pytest.MonkeyPatch) -> None:
    replaced = ObjectDraft.replace

    def without(self: ObjectDraft, target: Any, value: Any) -> Ref:  # noqa: ANN401 - any value of a PDF
        if isinstance(value, dict) and "/StructParent" in value:
            value = {key: entry for key, entry in value.items() if key != "/StructParent"}
        return replaced(self, target, value)

    patch.setattr(ObjectDraft, "replace", without)


def line_untagged(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(edge_line_painter, "line_operators", functools.partial(_untagged, edge_line_painter.line_operators))


def _untagged(painted: Callable[..., bytes], name: str, place: Any, tag: bytes) -> bytes:  # noqa: ANN401 - passed on
    return painted(name, place, tag).replace(tag + b" BDC ", b"").removesuffix(b" EMC")


@pytest.mark.parametrize("level", ORIGINALS)
@pytest.mark.parametrize("line", ["", CYRILLIC])
def test_with_all_safeguards_the_copy_verifies(level: str, line: str, tmp_path: Path) -> None:
    outcome = stamped(tmp_path, ORIGINALS[level](), line=line)
    assert outcome.result is Result.MARKED, outcome.reason
    assert outcome.report is not None
    assert any("is valid" in found.message for found in outcome.report.findings if found.claim is Claim.ARCHIVABLE)


@pytest.mark.parametrize(
    ("take_out", "level", "line"),
    [
        pytest.param(device_colour, "2b without an output intent", "", id="a colour space of its own"),
        pytest.param(link_without("/F"), "1b", "", id="a link that prints, part 1"),
        pytest.param(link_without("/F"), "2b", "", id="a link that prints, part 2"),
        pytest.param(no_schemas, "1b", "", id="extension schemas, part 1"),
        pytest.param(no_schemas, "2b", "", id="extension schemas, part 2"),
        pytest.param(no_schemas, "3b", "", id="extension schemas, part 3"),
        pytest.param(no_map_to_unicode, "2u", CYRILLIC, id="characters for codes"),
        pytest.param(no_newline, "2b without an end of line", "", id="a line end before the first object"),
        pytest.param(letters_no_artifact, "ua1", "", id="letters as artifacts"),
        pytest.param(line_untagged, "ua1", "", id="the line tagged"),
        pytest.param(no_relationship, "3b", "", id="what each file is to the document"),
        pytest.param(opacity_everywhere, "1b", "", id="no opacity, part 1"),
        pytest.param(opacity_everywhere, "2b without an output intent", "", id="no opacity, nothing to blend in"),
        pytest.param(files_everywhere, "1b", "", id="no files, part 1"),
        pytest.param(files_everywhere, "2b", "", id="archival files only, part 2"),
        pytest.param(link_without("/Contents"), "ua1", "", id="links that say where they lead"),
        pytest.param(line_in_no_language, "ua1 with its language in its elements", "", id="lines that name a language"),
        pytest.param(elements_without_language, "ua1 with its language in its elements", "", id="elements that do"),
        pytest.param(links_without_key, "ua1", "", id="links in the structure"),
    ],
)
def test_a_safeguard_taken_out_is_found(take_out: TakeOut, level: str, line: str, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        take_out(patch)
        outcome = stamped(tmp_path, ORIGINALS[level](), line=line)
    assert outcome.result is not Result.MARKED
    assert objections(outcome)
    assert not (tmp_path / "copy.pdf").exists()
