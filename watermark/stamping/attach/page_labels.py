"""Page labels that stay with their pages when others come before or after them (ISO 32000-2 12.4.2)."""

from watermark.pdf.name_number_trees import pairs_of
from watermark.pdf.object_draft import Dictionary, ObjectDraft
from watermark.pdf.serialization import Name, Value

NOTICE: Dictionary = {"/S": Name("/D"), "/P": "Notice "}
DECIMAL: Dictionary = {"/S": Name("/D")}


def labels_with_notice(draft: ObjectDraft, labels: Value, *, side: str, pages: int, notice_pages: int) -> Value:
    """Return /PageLabels for an article of `pages` pages and a notice at its "front" or "back".

    The pages of the article keep the labels they have, and the pages of the notice get their own, which go on counting
    after those of an earlier notice. Returns None when there are no labels and none are needed.
    """
    ranges = [(key, value) for key, value in pairs_of(draft, labels, "/Nums") if isinstance(key, int)]
    if side == "back":
        kept = [(key, value) for key, value in ranges if key < pages]
        return _tree([*kept, (pages, _of_notice(draft, kept, pages))]) if kept else None
    if not ranges or ranges[0][0] != 0:
        ranges.insert(0, (0, DECIMAL))
    return _tree([(0, _of_notice(draft, ranges, pages)), *((key + notice_pages, value) for key, value in ranges)])


def _of_notice(draft: ObjectDraft, ranges: list[tuple[int, Value]], pages: int) -> Dictionary:
    """Return the labels of the pages of a notice: from the first number that no earlier notice in the ranges has."""
    numbers = []
    for (key, value), end in zip(ranges, [*(key for key, _ in ranges[1:]), pages], strict=True):
        labels = draft.copy_dict(value)
        style, prefix, start = (draft.resolve(labels.get(name)) for name in ("/S", "/P", "/St"))
        if (str(style), str(prefix)) == (NOTICE["/S"], NOTICE["/P"]):
            numbers.append((start if isinstance(start, int) else 1) + end - key)
    return {**NOTICE, "/St": max(numbers)} if numbers else NOTICE


def _tree(ranges: list[tuple[int, Value]]) -> Value:
    return {"/Nums": [part for pair in ranges for part in pair]}
