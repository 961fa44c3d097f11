"""The title with its prefix, where people search and where viewers show it.

A title that is there gets the prefix, in each language and each entry on its own: none is copied over another. An
entry without one takes the other title of the file, or else the title that the notice gives the article. The plan has
matched the notice to the file, so nothing is invented. Viewers read the title in different entries, some in /Info only.
Where no title is known, none is written. The prefix that an earlier marking of the file wrote is replaced.
"""

import re

from watermark.pdf.xmp import DC, Packet
from watermark.stamping.metadata.document_info import Info
from watermark.stamping.plan import Plan

TITLE = "title"
X_DEFAULT = "x-default"

_LANGUAGE_ESCAPE = re.compile("\x1b[A-Za-z]{2,4}\x1b")


def describe_title(packet: Packet, info: Info, plan: Plan) -> None:
    """Let the title begin with the plan's prefix in XMP and in the document information.

    In PDF/UA a new title gets an entry for the notice's language next to x-default (ISO 14289-1 7.2).
    """
    prefix, replaced, in_info = plan.title_prefix, plan.replaced_prefix, info.title if info.title.strip() else ""
    if _shown(packet):
        packet.change_alternatives(DC, TITLE, lambda title: prefixed(title.removeprefix(replaced), prefix))
    elif title := _LANGUAGE_ESCAPE.sub("", in_info) or plan.notice.article.title:
        languages = {X_DEFAULT, plan.notice.language} if plan.pdfua else {X_DEFAULT}
        packet.set_lang_alt(DC, TITLE, prefixed(title, prefix), languages)
    if in_info:
        kept = in_info.removeprefix(replaced)
        if prefixed(kept, prefix) != in_info:
            info.prefix_title(prefix if prefixed(kept, prefix) != kept else "", replaced)
    elif title := _shown(packet):
        info.set_title(prefixed(title, prefix))


def prefixed(title: str, prefix: str) -> str:
    """Return `title` with `prefix` before it, unless it is blank or begins so already, in whatever case."""
    begins = title.lstrip().casefold().startswith(prefix.strip().casefold())
    return title if begins or not title.strip() else prefix + title


def _shown(packet: Packet) -> str:
    """Return the title that a reader of the packet shows: x-default, or else the first that says anything."""
    titles = [(language, title) for language, title in packet.alternatives(DC, TITLE) if title.strip()]
    by_default = (title for language, title in titles if language == X_DEFAULT)
    return next(by_default, titles[0][1] if titles else "")
