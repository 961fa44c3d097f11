"""A notice from a file, in whichever of the forms it is."""

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from watermark.errors import NoticeError
from watermark.notice.decoding import decoded
from watermark.notice.model import Notice, State
from watermark.notice.plain import FIELDS, from_json, from_yaml
from watermark.notice.prose import has_markdown
from watermark.notice.text import from_text
from watermark.notice.tree import MAX_BYTES

_YAML_KEY = re.compile(r"[\"']?(?P<key>[a-z][a-z_-]{0,40})[\"']?\s*:(?:\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFile:
    """A notice as read, and the file as it was: `data` is every byte, `name` has no folder.

    `media_type` is that of the content, not of the name: text/markdown, text/plain, application/json or
    application/yaml. `warnings` are sentences for the user.
    """

    notice: Notice
    data: bytes
    name: str
    media_type: str
    warnings: tuple[str, ...] = ()


def read_notice(path: Path, *, state: State | None = None) -> NoticeFile:
    """Return the notice in the file at `path`; its form is recognised by the content, never by the name.

    `state` is taken where a text does not say what has become of the article; in the other forms `state` must be
    given in the file, and is replaced by `with_overrides`. Raises NoticeError, with the file's name in it, for
    everything that is no notice: a folder, a device, more than 1 MB, binary data, a PDF, a field that is not known.
    """
    try:
        data = _bytes(path)
        text, warnings = decoded(data)
        media_type = _media_type(text)
        if media_type == "application/json":
            notice = from_json(text)
        elif media_type == "application/yaml":
            notice = from_yaml(text)
        else:
            notice = from_text(text, state=state)
    except NoticeError as error:
        error.file = str(path)
        raise
    return NoticeFile(notice=notice, data=data, name=path.name, media_type=media_type, warnings=warnings)


def _bytes(path: Path) -> bytes:
    """Return the content of an ordinary file; a device or a pipe is not even opened, as it might never end."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise NoticeError("this is a folder", remedy="Name the notice's file in it.")
        if not stat.S_ISREG(mode):
            raise NoticeError("this is a device or a pipe, not a file", remedy="Save the notice as a file first.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise NoticeError("there is no such file", remedy="Look at the name of the notice's file.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not one of a file"
        raise NoticeError(
            f"the file cannot be read: {reason}", remedy="Look at its name and its permissions."
        ) from error
    if len(data) > MAX_BYTES:
        raise NoticeError(
            f"the file is larger than {MAX_BYTES} bytes",
            remedy="A notice is a page or two: give its text alone, without the article or images.",
        )
    return data


def _media_type(text: str) -> str:
    """Tell the form: a JSON object, YAML whose first line and some line name a field, Markdown, or plain text."""
    if text.lstrip().startswith("{"):
        return "application/json"
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("#", "---", "%YAML"))]
    keys = {found["key"] for line in lines if (found := _YAML_KEY.match(line))}
    if lines and _YAML_KEY.match(lines[0]) and keys.intersection(FIELDS):
        return "application/yaml"
    return "text/markdown" if has_markdown(text) else "text/plain"
