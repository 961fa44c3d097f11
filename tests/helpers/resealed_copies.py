"""Honest copies as a forger has them: every object in the clear, and the means to seal whatever is made of them."""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.tampered_copies import MARKED_AT, NOTICE_FILE
from watermark.article import Article
from watermark.notice import NoticeFile
from watermark.pdf.encryption import StandardCiphers
from watermark.pdf.file_structure import FileFrame, XrefTail
from watermark.pdf.incremental_update import (
    Hasher,
    IncrementalUpdate,
    XrefEntry,
    _first_identifier,
    build_update,
    recovered_entries,
    revision_bytes,
    trailer_entries,
    with_self_digest,
)
from watermark.pdf.object_draft import ObjectDraft, to_plain
from watermark.pdf.rendering import RenderedDocument
from watermark.pdf.serialization import Raw, Ref, Value, string, tokens
from watermark.stamping import pipeline
from watermark.stamping.plan import IsolationMethod, StampRequest, plan_stamp
from watermark.stamping.rebuild import linearize, open_base

DEFLATED = b"/Filter /FlateDecode"
LENGTH = re.compile(rb"/Length \d+")
STRINGS = re.compile(rb"<<|>>|<([0-9A-Fa-f\s]*)>|\(")


@dataclass(frozen=True, slots=True)
class Body:
    """An object in the clear: its tokens and, of a stream, its data, inflated."""

    head: bytes
    data: bytes | None = None

    def with_data(self, data: bytes) -> "Body":
        """Return the stream with other data."""
        return replace(self, data=data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The revision of one honest copy: its objects, and what is needed to write and to seal others in their place."""

    before: bytes
    frame: FileFrame
    hasher: Hasher
    trailer: Mapping[str, Value]
    identifier: bytes
    first_free: int
    recovered: Mapping[int, XrefEntry] | None
    ciphers: StandardCiphers | None
    objects: Mapping[int, Body]
    written: Mapping[int, bytes]
    """Each object as the marking wrote it: one that is not mutated stays so."""
    refs: Mapping[int, Ref]
    entries: Mapping[int, Mapping[str, Value]]
    """The dictionaries of the streams, which say how their data are enciphered."""
    finish: Callable[[bytes], bytes] = field(default=bytes)
    """What is done with the sealed copy: it is linearized, or marked once more."""

    def sealed(self, objects: Mapping[int, Body] | None = None, **trailer: Value) -> bytes:
        """Return the copy with these objects in its revision, and with the digest of the whole in its trailer."""
        bodies = self.objects if objects is None else objects
        listed = (
            (self.refs.get(number, Ref(number)), self._written(number, bodies[number])) for number in sorted(bodies)
        )
        update = revision_bytes(
            self.frame,
            listed,
            {**self.trailer, **{f"/{key}": value for key, value in trailer.items()}},
            identifier=self.identifier,
            first_free=max(self.first_free, *(number + 1 for number in bodies)),
            recovered=self.recovered,
        )
        return self.finish(self.before + with_self_digest(update, self.hasher).data)

    def _ref(self, number: int) -> Ref:
        return self.refs.get(number, Ref(number))

    def _written(self, number: int, body: Body) -> bytes:
        if body == self.objects.get(number):
            return self.written[number]
        ref = self._ref(number)
        head, data = body.head, body.data
        cipher = self.ciphers.of_strings(ref) if self.ciphers else None
        head = head if cipher is None else enciphered(head, cipher)
        if data is None:
            return head
        stored = zlib.compress(data, 9) if DEFLATED in head else data
        encipher = self.ciphers.of_stream(ref, self.entries.get(number, {})) if self.ciphers else None
        stored = stored if encipher is None else encipher(stored)
        is_changed = data != getattr(self.objects.get(number), "data", None)
        head = LENGTH.sub(b"/Length %d" % len(stored), head, count=1) if is_changed or encipher else head
        return head + b"stream\n" + stored + b"\r\nendstream"


def enciphered(head: bytes, cipher: Callable[[bytes], bytes]) -> bytes:
    """Return tokens with their strings enciphered; what is no string stays as it is, whatever it is."""
    out, at = bytearray(), 0
    while found := STRINGS.search(head, at):
        out += head[at : found.start()]
        at = found.end()
        if found[0] in {b"<<", b">>"}:
            out += found[0]
        elif found[0] == b"(":
            depth, end = 1, at
            while end < len(head) and depth:
                step = 2 if head[end : end + 1] == b"\\" else 1
                depth += {b"(": 1, b")": -1}.get(head[end : end + 1], 0)
                end += step
            plain = re.sub(rb"\\(.)", rb"\1", head[at : end - 1], flags=re.DOTALL)
            out, at = out + string(plain, cipher), end
        else:
            digits = re.sub(rb"\s", b"", found[1])
            out += string(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), cipher)
    return bytes(out + head[at:])


def _clear(draft: ObjectDraft, ciphers: StandardCiphers | None) -> Iterator[tuple[Ref, Body, Mapping[str, Value]]]:
    for ref, value in draft._changed.items():
        whole = to_plain(value) if ciphers else value
        data = draft._streams.get(ref)
        if data is None:
            yield ref, Body(tokens(whole)), {}
            continue
        assert isinstance(whole, Mapping)
        named = ciphers.named(whole) if ciphers else whole
        head = tokens({**named, "/Length": len(data)})
        yield ref, Body(head, zlib.decompress(data) if DEFLATED in head else data), named


class Recorder:
    """Stamps an original as the tool does, and keeps the revision that it writes."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        """Keep files in `folder`, and documents open until `stack` is closed."""
        self._folder, self._stack, self._count = folder, stack, 0

    def revision(
        self,
        original: bytes,
        notice: NoticeFile = NOTICE_FILE,
        *,
        methods: Mapping[int, IsolationMethod] | None = None,
        **options: Any,  # noqa: ANN401 - as the request has them
    ) -> Revision:
        """Return the revision that marks an original with these options of a request."""
        self._count += 1
        path = self._folder / f"original-{self._count}.pdf"
        path.write_bytes(original)
        request = StampRequest(
            article=path, notice=notice, marked_at=MARKED_AT, match_override_reason="a test", **options
        )
        base = self._stack.enter_context(open_base(request))
        article = self._stack.enter_context(Article.opened(base))
        with RenderedDocument(base) as rendered:
            plan = plan_stamp(request, pipeline.inspected(request, article, rendered), rendered, methods)
        made: list[Revision] = []

        def recorded(draft: ObjectDraft, frame: FileFrame, hasher: Hasher, *more: Any) -> IncrementalUpdate:  # noqa: ANN401 - what the writer passes on
            made.append(_recorded(base.read_bytes(), draft, frame, hasher, *more[:2]))
            return build_update(draft, frame, hasher, *more)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipeline, "build_update", recorded)
            pipeline.revision_of(article, plan)
        return replace(made[0], finish=self._linearized) if request.linearize else made[0]

    def _linearized(self, copy: bytes) -> bytes:
        path = self._folder / "to-linearize.pdf"
        path.write_bytes(copy)
        return linearize(path, path).read_bytes()


def _recorded(  # noqa: PLR0917 - what a revision is made of
    before: bytes,
    draft: ObjectDraft,
    frame: FileFrame,
    hasher: Hasher,
    info: Ref | None,
    ciphers: StandardCiphers | None,
) -> Revision:
    trailer = trailer_entries(draft.document.trailer) | ({} if info is None else {"/Info": info})
    clear = list(_clear(draft, ciphers))
    return Revision(
        before=before,
        frame=frame,
        hasher=hasher,
        trailer={key: Raw(tokens(value)) for key, value in trailer.items()},
        identifier=_first_identifier(draft.document.trailer, hasher),
        first_free=draft.next_number,
        recovered=None if isinstance(frame, XrefTail) else recovered_entries(draft.document),
        ciphers=ciphers,
        objects={ref.number: body for ref, body, _ in clear},
        written={ref.number: written for ref, written in draft.objects(ciphers)},
        refs={ref.number: ref for ref, _, _ in clear},
        entries={ref.number: entries for ref, _, entries in clear if entries},
    )
