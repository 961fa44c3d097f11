"""Process-wide settings of pypdf and PDFium during a verification.

Loggers are silenced, the parsing of names is patched, and plain objects are read in one pass, with the same results.
"""

import logging
import re
import warnings
from contextlib import ExitStack

from pypdf import _reader as pypdf_reader
from pypdf.generic import NameObject

from watermark.runtime.shared_setting import SharedSetting
from watermark.verification.plain_objects import read_plain

READERS = ("pypdf", "pypdfium2")
"""The loggers of the readers."""
NAME_ENDS = re.compile(rb"[\0\s]+|[()<>\[\]{}/%]")
"""pypdf accepts a null inside a name, but a null is white space and ends it (ISO 32000-2 table 1)."""


def _change(restore: ExitStack) -> None:
    for logger in map(logging.getLogger, READERS):
        restore.callback(logger.setLevel, logger.level)
        logger.setLevel(logging.CRITICAL)
    restore.callback(setattr, NameObject, "delimiter_pattern", NameObject.delimiter_pattern)
    NameObject.delimiter_pattern = NAME_ENDS
    restore.callback(setattr, pypdf_reader, "read_object", pypdf_reader.read_object)  # type: ignore[attr-defined]
    pypdf_reader.read_object = read_plain  # type: ignore[attr-defined, assignment]
    restore.enter_context(warnings.catch_warnings())
    warnings.simplefilter("ignore")


patched_readers = SharedSetting(_change).changed
"""Silence the readers' loggers and patch pypdf's parsing of names while a `with` statement runs.

Remarks on damaged files do not belong on the user's terminal: what matters becomes a finding. The settings are
restored when the last verification of any thread ends.
"""
