"""Notices for the tests, from next to nothing to far too much."""

from dataclasses import replace
from datetime import UTC, datetime

from watermark.notice import FigureMatch, Notice, Reference, State
from watermark.stamping.notice_document import CopyFacts

MARKED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FACTS = CopyFacts(original_sha256="3b1f" * 16, original_size_bytes=1_234_567, tool="watermark 0.1.0")
ARTICLE = Reference(
    title="A kinase that was not there",
    authors=("Doe J", "Roe R"),
    journal="J Imagin Biol",
    year=2020,
    volume="13",
    issue="4",
    pages="877-888",
    doi="10.5555/article.1",
)
SOURCE = Reference(
    authors=("Poe E", "Foe F"),
    title="RETRACTED: Blots of another kind, in mice and in men, with a long title that needs more than one line",
    journal="Imagin Sci",
    year=2018,
    volume="210",
    pages="251-262",
    doi="10.5555/source.1",
)
PARAGRAPH = (
    "Following publication, the editors were told that images in Figures 3 and 5 look like images in articles of"
    " unrelated groups. The authors could not give the data. See https://example.org/guidelines. "
)
MATCH = FigureMatch(figures=("3A", "5E"), source_figure="2A", source=SOURCE)
FULL = Notice(
    state=State.RETRACTION,
    article=ARTICLE,
    title="A kinase that was not there [Retraction]",
    doi="10.5555/notice.1",
    date="2024-05-01",
    issuers=("Editor", "Publisher"),
    requested_by=("Author",),
    reasons=("Image duplication",),
    statement=(PARAGRAPH, PARAGRAPH),
    figure_matches=(MATCH,),
    policies=("COPE guidelines",),
)
BARE = Notice(state=State.WITHDRAWAL, article=Reference())
LONG_TITLE = "Effects of α-synuclein, β-catenin and TGF-β1 (Δ42) on ≥ 3 µm κ-casein micelles: a very long title " * 4  # noqa: RUF001 - Greek is meant
OTHER_SCRIPTS = "Ανάκληση: Отозвана, Việt Nam ﬁ 𝛼"  # noqa: RUF001 - letters that look alike are meant
CASES = {
    "full": FULL,
    "bare": BARE,
    "many authors": replace(
        FULL, article=replace(ARTICLE, title=LONG_TITLE, authors=tuple(f"Author{n} AB" for n in range(40)))
    ),
    "many matches": replace(FULL, figure_matches=(MATCH,) * 12),
    "three pages": replace(FULL, statement=(PARAGRAPH * 4,) * 16),
    "other scripts": replace(
        FULL,
        language="el",
        article=replace(ARTICLE, title=OTHER_SCRIPTS, authors=("Παπαδόπουλος Γ", "Иванов И")),
    ),
    "tall row": replace(FULL, figure_matches=(replace(MATCH, source=replace(SOURCE, title=PARAGRAPH * 40)),)),
}
