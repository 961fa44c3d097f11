"""What was archivable still is: no validator finds a rule broken that was not broken before.

Where the receipt says that the claim was raised, the copy is valid at the level that it claims now. Of a file
without a claim, a quick look says what commonly keeps it from one; it is not a validation.
"""

import re
from collections.abc import Iterator, Mapping

from pypdf.generic import DictionaryObject

from watermark.models import Claim, Finding, Proof, Status, plain
from watermark.pdf.xmp.packet import PacketError
from watermark.verification.conformance import verapdf
from watermark.verification.conformance.comparison import Pair, ValidationResult, compared, raised
from watermark.verification.conformance.page_validation import PROFILES, judged_by_page
from watermark.verification.declared_conformance import conformance_of
from watermark.verification.evidence import Evidence
from watermark.verification.pypdf_document import PypdfDocument, dictionary, items, raw, reference, resolved

MAX_PAGES = 20
MAX_FONTS = 20
MAX_ANNOTATIONS = 40
"""A glance: every article without a claim pays for it, and with hundreds of links it took half of a proof."""
ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "an action that starts programs",
    "/GoToR": "a link into another file",
    "/ImportData": "an action that imports data",
}
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
PAGE = "page-validation"

ARCHIVAL_CLAIM = re.compile(rb"http://www\.aiim\.org/pdf(?:a|ua)/ns/id/.*[:<]part\s*[=>]", re.DOTALL)
"""A claim, as far as it can be recognised in a packet that cannot be parsed: its namespace, and a part."""


def check(evidence: Evidence, proof: Proof = Proof.FULL, *, asks_verapdf: bool = True) -> Iterator[Finding]:
    """Yield, for each conformance that the original claims, whether the copy keeps it.

    The original and the copy are validated against the claim itself: by page-validation where it knows the profile, and
    by veraPDF where it is installed and `asks_verapdf`. A valid original asks for a valid copy; an invalid one may
    break no rule more. One validator that finds the copy worse is enough to fail. Two that differ in the same way on
    both files have found nothing worse, and a finding says what each holds. A validator that is there and gives no
    verdict leaves the claim not checked, as does a profile that none knows, and a proof by structure. A file that
    claims nothing gets a quick look at what PDF/A forbids.

    A claim may change where the receipt declares it, and only so: then each file is judged by its own claim, and both
    have to be valid.
    """
    try:
        claimed = conformance_of(evidence.before.packet)
    except PacketError as error:
        yield _unreadable(evidence.before.packet, error)
        return
    kept, declared = conformance_of(evidence.after.packet), evidence.receipt.conformance
    expected = claimed.raised_to(declared)
    if expected is None:
        words = f"the receipt raises {claimed} to {claimed.name_of(plain(declared, 8))}, which is not higher"
        yield _finding(Status.FAILED, words)
        return
    if kept != expected:
        raising = f", and the receipt raises it to {expected}" if declared else ""
        yield _finding(Status.FAILED, f"the original claims {claimed}{raising}; the copy claims {kept}")
    elif not claimed.profiles:
        looked = f"; {obstacles(evidence)}" if proof is Proof.FULL else ""
        yield _finding(Status.OK, f"the original claims no archival level, so none can be lost{looked}")
    if not claimed.profiles:
        return
    if proof is not Proof.FULL:
        yield _finding(Status.NOT_CHECKED, f"not asked for: a proof by structure asks no validator about {claimed}")
        return
    if evidence.before.opens_without_password:
        profiles = tuple(zip(claimed.profiles, expected.profiles, strict=True))
        named, answers = (verapdf.judged(evidence, profiles) if asks_verapdf else None) or ("", {})
        for old, new in profiles:
            page = judged_by_page(evidence, old, new) if {old, new} <= PROFILES else None
            pairs = {PAGE: page, named: answers.get(old)}
            said = {validator: pair for validator, pair in pairs.items() if pair is not None}
            yield from _judged(claimed.name_of(old), claimed.name_of(new), said)
    else:
        for profile in claimed.profiles:
            name = claimed.name_of(profile)
            yield _finding(Status.NOT_CHECKED, f"no validator here takes a password for {name}: ask veraPDF")


def _unreadable(packet: bytes, error: PacketError) -> Finding:
    if ARCHIVAL_CLAIM.search(packet.replace(b"\0", b"")):
        return _finding(Status.NOT_CHECKED, f"what the original claims cannot be read: {error.detail}")
    return _finding(Status.OK, f"the original claims no archival level: {error.detail}")


def _judged(name: str, new_name: str, pairs: Mapping[str, Pair]) -> Iterator[Finding]:
    if not pairs:
        remedy = f"install veraPDF, or set {verapdf.VARIABLE} to its path"
        yield _finding(Status.NOT_CHECKED, f"no validator on this machine checks {name}: {remedy}")
    if name != new_name:
        yield from (_finding(*raised(validator, name, new_name, pair)) for validator, pair in pairs.items())
        return
    findings = [_finding(*compared(validator, name, pair)) for validator, pair in pairs.items()]
    yield from findings
    if all(found.status is Status.OK for found in findings):
        yield from _disagreement(name, pairs)


def _disagreement(name: str, pairs: Mapping[str, Pair]) -> Iterator[Finding]:
    """Yield what each validator holds where they differ: to know it, and no fault of the copy."""
    said = []
    for which in (0, 1):
        verdicts = {validator: pair[which] for validator, pair in pairs.items()}
        valid = {verdict.valid for verdict in verdicts.values() if isinstance(verdict, ValidationResult)}
        words = ", ".join(f"{validator} says that it {verdict}" for validator, verdict in verdicts.items())
        said.append(words if len(valid) > 1 else "")
    original, copy = said
    files = {"original and copy": original} if original == copy else {"the original": original, "the copy": copy}
    for file, words in files.items():
        if words:
            message = f"the validators differ on {file} as {name}, and neither finds the copy worse: {words}"
            yield _finding(Status.OK, message)


def _finding(status: Status, message: str) -> Finding:
    return Finding(claim=Claim.ARCHIVABLE, status=status, message=message)


def obstacles(evidence: Evidence) -> str:
    """Return in words what the original has or lacks that PDF/A rules on; its first fonts and annotations."""
    document = evidence.before
    try:
        found = list(dict.fromkeys((*_of_document(document), *_of_pages(document))))
    except Exception as error:  # noqa: BLE001 - a hostile file brings a reader to any of them, and nothing is promised
        return f"a quick look for PDF/A was not possible ({type(error).__name__})"
    return f"a quick look for PDF/A found: {', '.join(found or ('nothing against it',))}"


def _of_document(document: PypdfDocument) -> Iterator[str]:
    catalog = document.catalog
    if "/Encrypt" in document.trailer:
        yield "it is encrypted"
    if not document.packet.strip():
        yield "no XMP"
    if not items(catalog.get("/OutputIntents")):
        yield "no output intent"
    if "/StructTreeRoot" not in catalog:
        yield "no tags"
    if "/JavaScript" in dictionary(catalog.get("/Names")):
        yield "JavaScript"
    yield from _action(catalog.get("/OpenAction"))
    if "/AA" in catalog:
        yield "actions at events"


def _of_pages(document: PypdfDocument) -> Iterator[str]:
    fonts: dict[object, bool] = {}
    annotations = 0
    for page in document.pages[:MAX_PAGES]:
        listed = dictionary(dictionary(page.get("/Resources")).get("/Font"))
        for name in list(listed)[: MAX_FONTS - len(fonts)]:
            font = raw(listed, name)
            key = reference(font) or (page.number, name)
            if key not in fonts:
                fonts[key] = _is_embedded(dictionary(font))
        if dictionary(page.get("/Group")).get("/S") == "/Transparency":
            yield "transparency"
        for entry in items(page.dictionary.get("/Annots"))[: MAX_ANNOTATIONS - annotations]:
            annotations += 1
            yield from _action(dictionary(entry).get("/A"))
    lacking = sum(not embedded for embedded in fonts.values())
    if lacking:
        yield f"{lacking} of {len(fonts)} fonts not embedded"


def _is_embedded(font: DictionaryObject) -> bool:
    """Return whether the glyphs are in the file: a Type 3 font draws its own, a composite one has them in its child."""
    if font.get("/Subtype") == "/Type3":
        return True
    children = items(font.get("/DescendantFonts"))
    descriptor = dictionary(dictionary(children[0] if children else font).get("/FontDescriptor"))
    return any(name in descriptor for name in FONT_FILES)


def _action(value: object) -> Iterator[str]:
    kind = str(resolved(dictionary(value).get("/S")))
    if kind in ACTIONS:
        yield ACTIONS[kind]
