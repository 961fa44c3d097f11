"""How much of a copy is proved."""

from enum import StrEnum


class Proof(StrEnum):
    """What a verdict rests on; whatever the proof leaves out is NOT_CHECKED, and such a verdict is not `ok`."""

    FULL = "full"
    """Every page is drawn and read, before and after, and validators judge what claims to be archivable."""
    STRUCTURE = "structure"
    """The bytes, the objects, the mark on each page by its operators, the files and the metadata: no page is drawn."""
