"""Attacks on sealed chains: a concern and then a retraction, sealed by a key that the reader trusts.

The forger has that key, and recomputes every digest: what is found is in the markings, and not in the seal. Each chain
verifies when nothing is changed, which is tried first.
"""

import io
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.attacks.bombs import with_empty_revisions, with_objects
from tests.helpers.build import build
from tests.helpers.certificates import PASSWORD, Identity, issue
from tests.helpers.resealed_copies import Body, Recorder
from tests.helpers.revision_attacks import (
    OTHER_LINK,
    OTHER_RECORD,
    OTHER_WORDS,
    WHITE_LETTERS,
    Attack,
    between,
    data_with,
    earlier_letters_white,
    overriding,
    with_blank_page,
)
from tests.helpers.tampered_copies import MARKED_AT, NOTICE, NOTICE_FILE
from watermark import SealLevel, SealOptions, SealPolicy
from watermark.errors import WatermarkError
from watermark.models import Claim, Status
from watermark.notice import NoticeFile, State
from watermark.stamping.reproduction import Given, verify_and_reproduce
from watermark.stamping.seal.signature_writer import seal_copy

pytestmark = pytest.mark.slow
CONCERN = NoticeFile(
    notice=replace(NOTICE, state=State.EXPRESSION_OF_CONCERN, title="Concern: An article", doi="10.5555/concern"),
    name="concern.txt",
    data=b"There are concerns.",
    media_type="text/plain",
)
ARTICLE = {"text": "Words.", "links": True, "xmp": True, "pages": 2}


class Chains:
    """The chains, by their names: the revision that is attacked, and what is done behind it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        """Make the chains in `folder`."""
        self._folder = folder
        self._root = issue("A root", None, is_authority=True)
        self._publisher: Identity = issue("A publisher", self._root, rsa_bits=2048)
        """Its signature of the same bytes is always the same: a copy that no attack changed is known as such."""
        self.trust = folder / "trust"
        self.trust.mkdir()
        (self.trust / "root.pem").write_bytes(self._root.pem())
        recorder = Recorder(folder, stack)
        article = build(**ARTICLE)

        def retracted(copy: bytes) -> bytes:
            return recorder.revision(copy, NOTICE_FILE).sealed()

        concern = recorder.revision(article, CONCERN)
        retraction = recorder.revision(concern.sealed(), NOTICE_FILE)
        over_a_seal = recorder.revision(self.sealed(concern.sealed()), NOTICE_FILE)
        self.revisions = {
            "a sealed retraction": replace(retraction, finish=self.sealed),
            "a concern below it": replace(concern, finish=lambda copy: self.sealed(retracted(copy))),
            "a sealed concern below it": replace(
                concern, finish=lambda copy: self.sealed(retracted(self.sealed(copy)))
            ),
            "a retraction over a seal": replace(over_a_seal, finish=self.sealed),
        }
        self.whole = {kind: revision.sealed() for kind, revision in self.revisions.items()}

    def sealed(self, copy: bytes) -> bytes:
        """Return a copy with a seal of the publisher."""
        path = self._folder / "to-seal.pdf"
        path.write_bytes(copy)
        key = self._publisher.save(self._folder / "key.p12", self._root)
        options = SealOptions(key=str(key), password=PASSWORD, level=SealLevel("b-b"), trust=str(self.trust))
        seal_copy(path, options, at=MARKED_AT)
        return path.read_bytes()

    def is_verified(self, copy: bytes) -> bool:
        path = self._folder / "copy.pdf"
        path.write_bytes(copy)
        policy = SealPolicy(trust=str(self.trust), is_required=True)
        try:
            report = verify_and_reproduce(path, given=Given(notice=NOTICE_FILE), seal=policy)
        except WatermarkError as error:
            assert error.exit_status in {3, 4, 5}  # noqa: PT017 - either way it is not verified
            return False
        return not report.failures and {report.status_of(one) for one in (Claim.REPRODUCED, Claim.SEALED)} == {
            Status.OK
        }


def cover(copy: bytes) -> bytes:
    """Put a white annotation over the first page."""
    with pikepdf.open(io.BytesIO(copy), inherit_page_attributes=False) as document:
        page = document.pages[0].obj
        page.Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square)])
        body = page.unparse(resolved=True).replace(b"/Square", b"/Square /Rect [0 0 900 900] /IC [1 1 1] /F 4")
        return with_objects(copy, {page.objgen[0]: body})


def reinstated_behind(copy: bytes) -> bytes:
    """Name another title and state in the metadata of an update behind everything."""
    with pikepdf.open(io.BytesIO(copy)) as document:
        metadata = document.Root.Metadata
        data = metadata.read_bytes().replace(b"retraction", b"reinstatement").replace(b"RETRACTED: ", b"")
        number = metadata.objgen[0]
    body = b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%b\nendstream" % (len(data), data)
    return with_objects(copy, {number: body})


def concern_removed(document: pikepdf.Pdf) -> dict[int, Body]:
    """Leave the files of the concern out of the names."""
    names = document.Root.Names.EmbeddedFiles
    assert names.is_indirect
    return {names.objgen[0]: Body(b"<</Names[]>>")}


ATTACKS: dict[str, tuple[str, Attack]] = {
    "the retraction is white": ("a sealed retraction", WHITE_LETTERS),
    "the letters of the concern turn white": ("a sealed retraction", earlier_letters_white(0)),
    "the retraction links elsewhere": ("a sealed retraction", OTHER_LINK),
    "the record says that figures were nice": ("a sealed retraction", OTHER_RECORD),
    "the receipt says concern": (
        "a sealed retraction",
        data_with(b"<rwm:Receipt>", rb'"state":"retraction"', b'"state":"expression_of_concern"'),
    ),
    "the title is not retracted": (
        "a sealed retraction",
        data_with(b"<rwm:Receipt>", rb"<dc:title>.*?</dc:title>", b"<dc:title>An article</dc:title>"),
    ),
    "the files of the concern are gone": ("a sealed retraction", overriding(concern_removed)),
    "the concern was white": ("a concern below it", WHITE_LETTERS),
    "the concern was of another notice": ("a concern below it", OTHER_LINK),
    "a page was emptied between the markings": ("a concern below it", between(lambda copy: with_blank_page(copy, 0))),
    "an annotation came between the markings": ("a concern below it", between(cover)),
    "the sealed concern was white": ("a sealed concern below it", WHITE_LETTERS),
    "the sealed concern had another record": ("a sealed concern below it", OTHER_RECORD),
    "the retraction over a seal says other words": ("a retraction over a seal", OTHER_WORDS),
    "the retraction over a seal is not painted": (
        "a retraction over a seal",
        data_with(b"/RetractionMark", rb"/RetractionMark\d* Do", b""),
    ),
    "a page was emptied behind the seal": ("a sealed retraction", lambda one: with_blank_page(one.sealed(), 0)),
    "metadata behind the seal say reinstated": ("a sealed retraction", lambda one: reinstated_behind(one.sealed())),
    "an empty revision is behind the seal": (
        "a retraction over a seal",
        lambda one: with_empty_revisions(one.sealed(), 1),
    ),
}


@pytest.fixture(scope="module")
def chains(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chains]:
    with ExitStack() as stack:
        yield Chains(tmp_path_factory.mktemp("chains"), stack)


@pytest.mark.parametrize(
    "kind", ["a sealed retraction", "a concern below it", "a sealed concern below it", "a retraction over a seal"]
)
def test_a_sealed_chain_in_which_nothing_is_changed_verifies(chains: Chains, kind: str) -> None:
    assert chains.revisions[kind].sealed() == chains.whole[kind]
    assert chains.is_verified(chains.whole[kind])


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attacked_chain_does_not_verify_though_the_forger_has_the_key(chains: Chains, name: str) -> None:
    kind, attack = ATTACKS[name]
    try:
        data = attack(chains.revisions[kind])
    except WatermarkError as error:
        assert error.exit_status in {3, 4, 5}  # noqa: PT017 - it cannot be marked again
        return
    assert data != chains.whole[kind]
    assert not chains.is_verified(data)
