"""Every appended object has a part in the marking, and holds only what that part needs.

The parts are walked from the roots of the file: pages, catalog, structure tree, attached files. An object that no part
leads to, an entry or a type that no marking writes: each is a finding. Nothing unknown is passed over.
"""

import re
from collections.abc import Collection, Iterator
from functools import cached_property, partial

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject, StreamObject

from watermark.models import plain
from watermark.verification.change_rules import OUR_NAMES
from watermark.verification.content_isolation import MARK_SUBTYPES, head_of
from watermark.verification.embedded_files import embedded
from watermark.verification.evidence import Evidence
from watermark.verification.mark_parser import members_of
from watermark.verification.notice_pages import NoticePages
from watermark.verification.object_equality import kind_of, same
from watermark.verification.object_schema import (
    ACTION,
    ELEMENT,
    LINK,
    NAMES,
    NUMBERS,
    PICTURE,
    STREAM,
    Schema,
    any_name,
    date,
    entries_differ,
    inline,
    link,
    name,
    nothing,
    number,
    numbers,
    one_of,
    text,
    whole,
)
from watermark.verification.painting_rules import SRGB
from watermark.verification.pypdf_document import (
    PypdfPage,
    data_of,
    dictionary,
    items,
    raw,
    reference,
    release_regularly,
    resolved,
)
from watermark.verification.structure_tree import members, tree_nodes
from watermark.verification.tag_ties import tags_differ

MAX_ELEMENTS = 200_000
FORM_NAMES = re.compile(r"/Retraction(?:Halo|Mark|Line|Content)\d{0,6}")
CAL_RGB = ["/CalRGB", {key: list(values) for key, values in SRGB.items()}]
STATE = whole(
    {
        "/Type": name("/ExtGState"),
        "/ca": number,
        "/CA": number,
        "/BM": name("/Normal"),
        "/SMask": name("/None"),
    }
)
METADATA: Schema = {"/Type": name("/Metadata"), "/Subtype": name("/XML"), "/Length": number}
FORM: Schema = {
    **STREAM,
    "/Type": name("/XObject"),
    "/Subtype": name("/Form"),
    "/BBox": numbers,
    "/Resources": inline(
        {
            "/ColorSpace": whole({"/RetractionRGB": link}),
            "/ExtGState": inline({"/RetractionAlpha": STATE, "/RetractionState": STATE}),
            "/Font": inline({"/RetractionFont": link}),
        }
    ),
}
OUR_FORMS: Schema = dict.fromkeys(("/RetractionHalo", "/RetractionMark", "/RetractionLine"), link)
APPEARANCE: Schema = {**FORM, "/Resources": inline({"/XObject": inline(OUR_FORMS)})}
ANNOTATION: Schema = {
    "/Type": name("/Annot"),
    "/Subtype": name(*MARK_SUBTYPES),
    "/Rect": numbers,
    "/F": number,
    "/P": link,
    "/Contents": text,
    "/AP": whole({"/N": link}),
}
MARK_LINK: Schema = {**LINK, "/Contents": one_of(link, text)}
FILE: Schema = {
    **STREAM,
    "/Type": name("/EmbeddedFile"),
    "/Subtype": any_name,
    "/Params": inline({"/Size": number, "/CreationDate": date, "/ModDate": date, "/CheckSum": text}),
}
SPECIFICATION: Schema = {
    "/Type": name("/Filespec"),
    "/F": text,
    "/UF": text,
    "/Desc": text,
    "/AFRelationship": name("/Supplement", "/Data", "/Source"),
    "/EF": whole({"/F": link, "/UF": link}),
}
LINK_TEXT = "Retraction notice"
LABEL = inline({"/Type": name("/PageLabel"), "/S": any_name, "/P": text, "/St": number})
_FORM = frozenset({"/Type", "/Subtype", "/BBox", "/Resources"})
REQUIRED = {
    "the metadata": frozenset({"/Type", "/Subtype"}),
    "a form": _FORM,
    "an appearance": _FORM,
    "an annotation": frozenset(ANNOTATION),
    "a link": frozenset({"/Type", "/Subtype", "/Rect", "/F", "/Border", "/P", "/A"}),
    "an action": frozenset(ACTION),
    "an embedded file": frozenset({"/Type", "/Subtype"}),
    "a file": frozenset({"/Type", "/F", "/UF", "/Desc", "/AFRelationship", "/EF"}),
    "a structure element": frozenset({"/Type", "/S", "/P", "/K"}),
}
"""What an object of the marking always has."""
_MCID = re.compile(rb"/MCID\s*(\d{1,9})")


class AppendedObjects:
    """Walks the parts of one marking; `appended` are the numbers of the objects behind the original."""

    def __init__(self, evidence: Evidence, appended: Collection[int]) -> None:
        """Judge the copy in `evidence`. Raises NotComparableError where the original cannot be read."""
        self._evidence = evidence
        self._before, self._after = evidence.before, evidence.after
        self._highest = self._before.highest_number
        self._left = {one for one in appended if one > self._highest}
        self._messages: list[str] = []
        self._mcids: dict[int, frozenset[int]] = {}

    def unexpected(self) -> Iterator[str]:
        """Yield what no marking writes."""
        self._catalog()
        for count, (old, leaf) in enumerate(zip(self._before.pages, self._article_pages, strict=False), 1):
            self._page(leaf)
            self._resources(dictionary(old.get("/Resources")), dictionary(leaf.get("/Resources")))
            release_regularly(count, self._before, self._after)
        self._structure()
        self._messages += tags_differ(self._before, self._after, self._article_numbers)
        notice = NoticePages(self._evidence, self._claim)
        self._messages += notice.differences()
        yield from self._messages
        for number_ in sorted(self._left):
            yield f"object {number_} ({kind_of(self._after.object(number_))}) has no part in the marking"

    @cached_property
    def _article_pages(self) -> tuple[PypdfPage, ...]:
        shift = self._evidence.pages_put_in_front
        return self._after.pages[shift : shift + self._evidence.page_count]

    @cached_property
    def _article_numbers(self) -> frozenset[int]:
        return frozenset(leaf.number for leaf in self._article_pages if leaf.number is not None)

    def _claim(self, value: PdfObject | None) -> bool:
        """Take an object of the marking off the list; return whether it was on it, so that each is judged once."""
        found = reference(value)
        if found is None or found not in self._left:
            return False
        self._left.discard(found)
        return True

    def _judge(self, what: str, value: PdfObject | None, schema: Schema) -> DictionaryObject | None:
        """Claim an object, and judge its entries; return it, or None where it is not of the marking or known."""
        if not self._claim(value):
            return None
        found = resolved(value)
        if not isinstance(found, DictionaryObject):
            self._messages.append(f"{what} (object {reference(value)}) is not a dictionary")
            return None
        if isinstance(found, StreamObject) != ("/Length" in schema):
            self._messages.append(f"{what} (object {reference(value)}) is a {kind_of(found)}")
        missing = sorted(REQUIRED.get(what, frozenset()) - found.keys())
        self._messages += [f"{what} (object {reference(value)}) has no {key}" for key in missing]
        self._messages += [f"{what} (object {reference(value)}): {one}" for one in entries_differ(found, schema)]
        return found

    def _catalog(self) -> None:
        catalog = self._after.catalog
        self._judge("the metadata", raw(catalog, "/Metadata"), METADATA)
        self._claim(raw(self._after.trailer, "/Info"))  # `Info` is compared entry by entry with the original's
        names = raw(catalog, "/Names")
        self._claim(names)
        before = dictionary(dictionary(self._before.catalog.get("/Names")).get("/EmbeddedFiles"))
        theirs = dict(embedded(self._before))
        for node in tree_nodes(raw(dictionary(names), "/EmbeddedFiles")):
            self._judge("a node of the names", node, _with_those_of(before, NAMES))
            entries = items(dictionary(node).get("/Names"))
            for label, specification in zip(entries[::2], entries[1::2], strict=False):
                if isinstance(specification, IndirectObject):
                    self._file(specification)
                elif not same(specification, theirs.get(str(resolved(label)))):
                    self._messages.append("a file that is described inside the tree of names is not the original's")
        self._claim(raw(catalog, "/AF"))
        for specification in members(catalog, "/AF"):
            self._file(specification)
        if not same(raw(self._before.catalog, "/PageLabels"), raw(catalog, "/PageLabels")):
            self._claim(raw(catalog, "/PageLabels"))
            labels = [value for node in tree_nodes(raw(self._before.catalog, "/PageLabels")) for value in _values(node)]
            for node in tree_nodes(raw(catalog, "/PageLabels")):
                for value in _values(node):
                    if not LABEL(value) and not any(same(value, one) for one in labels):
                        self._messages.append("a page label is not as a marking writes it")

    def _file(self, value: PdfObject) -> None:
        specification = self._judge("a file", value, SPECIFICATION)
        if specification is None:
            return
        streams = dictionary(specification.get("/EF"))
        if not same(raw(streams, "/F"), raw(streams, "/UF")):
            self._messages.append("a file is two files under one name")
        for key in ("/F", "/UF"):
            self._judge("an embedded file", raw(streams, key), FILE)

    def _page(self, leaf: PypdfPage) -> None:
        """Claim what a page of the article has got: `ChangedObjects` judges its other entries."""
        page = leaf.dictionary
        self._claim(leaf.node)
        contents = members_of(page)
        for member in contents:
            self._judge("content", member, STREAM)
        resources = leaf.get("/Resources")
        self._claim(leaf.raw("/Resources"))
        self._claim(raw(dictionary(resources), "/XObject"))
        last = data_of(contents[-1]) if contents else b""
        content_name = head_of(last)[0] if len(contents) == 1 else ""
        forms = dictionary(dictionary(resources).get("/XObject"))
        for key in forms:
            if str(key).startswith(OUR_NAMES) and (reference(raw(forms, key)) or 0) > self._highest:
                self._form(str(key), raw(forms, key), is_content=str(key) == content_name)
        annotations = raw(page, "/Annots")
        self._claim(annotations)
        for one in items(annotations):
            self._annotation(one, leaf)

    def _resources(self, old: DictionaryObject, new: DictionaryObject) -> None:
        """Judge the names that a page's resources have got: forms of the marking, and nothing else."""
        for category in new:
            before, now = dictionary(old.get(category)), dictionary(new.get(category))
            for key in now.keys() - before.keys():
                is_ours = (reference(raw(now, key)) or 0) > self._highest
                if category != "/XObject" or not FORM_NAMES.fullmatch(str(key)) or not is_ours:
                    self._messages.append(
                        f"a page has {plain(key, 40)} among {plain(category, 40)}: no marking adds it"
                    )

    def _form(self, key: str, value: PdfObject | None, *, is_content: bool = False) -> None:
        if not FORM_NAMES.fullmatch(key):
            self._messages.append(f"a page has a form {key}, which no marking names so")
        if is_content:
            self._claim(value)  # `content_differs` compares it with the original's content
            return
        form = self._judge("a form", value, FORM)
        if form is None:
            return
        resources = dictionary(form.get("/Resources"))
        for space in dictionary(resources.get("/ColorSpace")):
            self._colour_space(raw(dictionary(resources.get("/ColorSpace")), space))
        for font in dictionary(resources.get("/Font")):
            self._font(raw(dictionary(resources.get("/Font")), font))

    def _colour_space(self, value: PdfObject | None) -> None:
        self._claim(value)
        if _plain(value) != CAL_RGB:
            self._messages.append("a colour space is not the one that marks have")

    def _font(self, value: PdfObject | None) -> None:
        """Claim a font with its parts: `line_syntax` judges their entries."""
        self._claim(value)
        font = dictionary(value)
        self._judge("a character map", raw(font, "/ToUnicode"), STREAM)
        below = font
        for descendant in items(font.get("/DescendantFonts")):
            self._claim(descendant)
            below = dictionary(descendant)
        self._claim(raw(below, "/FontDescriptor"))
        descriptor = dictionary(below.get("/FontDescriptor"))
        self._claim(raw(descriptor, "/FontFile2"))
        self._judge("a list of glyphs", raw(descriptor, "/CIDSet"), STREAM)

    def _annotation(self, value: PdfObject, leaf: PypdfPage) -> None:
        if (reference(value) or 0) <= self._highest:
            return
        if reference(raw(dictionary(value), "/P")) != leaf.number:
            self._messages.append("an annotation names another page as its own")
        if dictionary(value).get("/Subtype") in MARK_SUBTYPES:
            annotation = self._judge("an annotation", value, ANNOTATION)
            if annotation is not None:
                appearance = raw(dictionary(annotation.get("/AP")), "/N")
                forms = dictionary(dictionary(dictionary(appearance).get("/Resources")).get("/XObject"))
                self._judge("an appearance", appearance, APPEARANCE)
                for key in forms:
                    self._form(str(key), raw(forms, key))
            return
        annotation = self._judge("a link", value, MARK_LINK)
        if annotation is None:
            return
        self._judge("an action", raw(annotation, "/A"), ACTION)
        self._claim(contents := raw(annotation, "/Contents"))
        if str(resolved(contents)) != LINK_TEXT:
            self._messages.append(f"the text of a link is not “{LINK_TEXT}”")

    def _structure(self) -> None:
        root = raw(self._after.catalog, "/StructTreeRoot")
        before = dictionary(dictionary(self._before.catalog.get("/StructTreeRoot")).get("/ParentTree"))
        for node in tree_nodes(raw(dictionary(root), "/ParentTree")):
            self._judge("a node of the parent tree", node, _with_those_of(before, NUMBERS))
            for value in items(dictionary(node).get("/Nums"))[1::2]:
                owners = resolved(value)
                is_ours = isinstance(owners, ArrayObject) and self._claim(value)
                if is_ours and not all(one_of(link, nothing)(one) for one in items(owners)):
                    self._messages.append("an entry of the parent tree is not as a marking writes it")
        waiting = [*members(dictionary(root), "/K")]
        for kid in tuple(waiting):
            waiting += members(dictionary(kid), "/K")
        count = 0
        while waiting and count < MAX_ELEMENTS:
            count += 1
            kid = waiting.pop()
            if reference(kid) in self._left:
                waiting += self._element(kid)

    def _element(self, value: PdfObject) -> list[PdfObject]:
        """Judge a structure element of the marking, and return its kids."""
        is_picture = dictionary(value).get("/S") == "/Figure"
        element = self._judge("a structure element", value, PICTURE if is_picture else ELEMENT)
        if element is None:
            return []
        kids = members(element, "/K")
        for kid in kids:
            page = reference(raw(dictionary(kid), "/Pg")) or reference(raw(element, "/Pg"))
            mcid = resolved(dictionary(kid).get("/MCID")) if "/MCID" in dictionary(kid) else kid
            is_content = number(mcid or NullObject()) and page in self._article_numbers
            if is_content and (is_picture or int(str(mcid)) not in self._mcids_of(page)):
                self._messages.append("a structure element claims content of the article")
            annotation = reference(raw(dictionary(kid), "/Obj"))
            if annotation is not None and annotation <= self._highest:
                self._messages.append("a structure element claims an annotation of the article")
        return [kid for kid in kids if reference(kid) is not None]

    def _mcids_of(self, page: int | None) -> frozenset[int]:
        """Return the MCIDs of the marking on a page of the article."""
        if page is None or page not in self._mcids:
            ours = [
                _MCID.findall(data_of(member))
                for leaf in self._article_pages
                if leaf.number == page
                for member in members_of(leaf.dictionary)
                if (reference(member) or 0) > self._highest
            ]
            self._mcids[page or 0] = frozenset(int(one) for found in ours for one in found)
        return self._mcids[page or 0]


def _with_those_of(root: DictionaryObject, schema: Schema) -> Schema:
    """Return a schema for nodes of a tree, of which a marking copies the root with all of its entries."""
    kept: Schema = {str(key): partial(same, raw(root, key)) for key in root}
    return {**kept, **schema}


def _values(node: PdfObject) -> list[PdfObject]:
    return items(dictionary(node).get("/Nums"))[1::2]


def _plain(value: object) -> object:
    """Return an object as Python values: numbers as floats, names as text."""
    found: object = resolved(value)
    if isinstance(found, ArrayObject):
        return [_plain(one) for one in list.__iter__(found)]
    if isinstance(found, DictionaryObject):
        return {str(key): _plain(found.get(key)) for key in found}
    return float(str(found)) if isinstance(found, PdfObject) and number(found) else found
