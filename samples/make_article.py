"""Make samples/article.pdf: a stand-in for a retracted article, with invented text and drawn figures.

`python samples/make_article.py [ARTICLE.pdf]` writes the same file every time. Title, authors and citation are those
of the retracted article; the DOI is made up under 10.5555, a prefix kept for examples; nothing else is real but
the reference list.
"""

import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import font_source_sans_pro
import pikepdf
from figures import bars, blot, cells, curves, dots, figure
from filler import Filler, blocks
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate, Paragraph, Table

TITLE = "miR-31 Modulates Liver Cancer HepG2 Cell Apoptosis and Invasion via ROCK1/F-Actin Pathways"
AUTHORS = ("Zhang X", "Xu L", "Yang T")
JOURNAL, CITATION = "OncoTargets and Therapy", "Onco Targets Ther. 2020;13:877\N{EN DASH}888"
DOI = "10.5555/stand-in.mir31"
FIRST_PAGE = 877
STAND_IN = "Stand-in article made for testing. Its text and figures are invented; it is not the study."
REAL = (
    "Only the title, the authors, the journal and the citation are those of a retracted article, so that its "
    "retraction notice can be matched to this file."
)

FONT = "SourceSansPro"
BODY = ParagraphStyle("body", fontName=FONT, fontSize=9.9, leading=12.6, alignment=TA_JUSTIFY, firstLineIndent=9)
FLAT = ParagraphStyle("flat", BODY, firstLineIndent=0)
HEADING = ParagraphStyle(
    "heading", fontName=f"{FONT}-Bold", fontSize=11.5, leading=14, spaceBefore=7, spaceAfter=2, keepWithNext=1
)
SECTION = ParagraphStyle("section", HEADING, fontName=f"{FONT}-It", fontSize=10, leading=12.5, spaceBefore=4)
REFERENCE = ParagraphStyle("reference", FLAT, fontSize=8, leading=9.8, leftIndent=12, spaceAfter=2, alignment=0)
CAPTION = ParagraphStyle("caption", FLAT, fontSize=8, leading=9.6)
NAME = ParagraphStyle("title", HEADING, fontSize=19, leading=22.5)

WIDTH, HEIGHT = A4
SIDE, GUTTER, FOOT, HEAD = 48, 18, 54, 56
COLUMN = (WIDTH - 2 * SIDE - GUTTER) / 2


class Article(BaseDocTemplate):
    """Two columns under a block that spans both; each heading goes into the outline."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - the name is reportlab's
        """Enter a heading into the outline."""
        if getattr(flowable, "style", None) in (HEADING, SECTION):
            key = f"heading-{self.seq.nextf('heading')}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key, level=int(flowable.style is SECTION))


Block = Callable[[Canvas, float], float]


def place(canvas: Canvas, flowable: Flowable, top: float, width: float = WIDTH - 2 * SIDE) -> float:
    """Draw something across both columns with its top edge at `top`; return where its bottom edge is."""
    tall = flowable.wrapOn(canvas, width, HEIGHT)[1]
    flowable.drawOn(canvas, SIDE, top - tall)
    return float(top - tall)


def furniture(canvas: Canvas, page_number: int) -> None:
    """Draw what stands on every page: running head, page number, and that this is a stand-in."""
    canvas.setFont(FONT, 8)
    canvas.setFillGray(0.25)
    canvas.drawString(SIDE, HEIGHT - 40, " ".join(AUTHORS[:1]) + " et al")
    canvas.drawRightString(WIDTH - SIDE, HEIGHT - 40, JOURNAL)
    canvas.drawString(SIDE, 30, STAND_IN)
    canvas.drawRightString(WIDTH - SIDE, 30, str(FIRST_PAGE + page_number - 1))
    canvas.setLineWidth(0.5)
    canvas.lines([(SIDE, HEIGHT - 45, WIDTH - SIDE, HEIGHT - 45), (SIDE, 42, WIDTH - SIDE, 42)])
    canvas.setFillGray(0)


def opening(canvas: Canvas, top: float) -> float:
    """Draw the title block and the abstract; return where they end."""
    top = place(canvas, Paragraph("ORIGINAL RESEARCH (STAND-IN)", SECTION), top) - 4
    top = place(canvas, Paragraph(TITLE, NAME), top) - 8
    top = place(canvas, Paragraph(", ".join(AUTHORS), HEADING), top) - 3
    link = f'{CITATION}. Test DOI, not registered: <a href="https://doi.org/{DOI}">https://doi.org/{DOI}</a>'
    top = place(canvas, Paragraph(link, CAPTION), top) - 10
    words = Filler()
    rows = [
        [Paragraph(f"<b>This is a stand-in.</b> {STAND_IN} {REAL}", FLAT)],
        [Paragraph(f"<b>Purpose:</b> {words.paragraph('introduction', 3)}", FLAT)],
        [Paragraph(f"<b>Methods:</b> {words.paragraph('methods', 3)}", FLAT)],
        [Paragraph(f"<b>Results:</b> {words.paragraph('findings', 4)}", FLAT)],
        [Paragraph("<b>Keywords:</b> stand-in, retraction, miR-31, ROCK1, F-actin, HepG2", FLAT)],
    ]  # fmt: skip
    box = Table(rows, colWidths=[WIDTH - 2 * SIDE], style=[
        ("FONT", (0, 0), (-1, -1), FONT, 9), ("BOX", (0, 0), (-1, -1), 0.6, "#7f7f7f"),
        ("BACKGROUND", (0, 0), (-1, 0), "#e8e8e8"),
    ])  # fmt: skip
    return place(canvas, box, top) - 10


def table(canvas: Canvas, top: float) -> float:
    """Draw the table of round numbers; return where it ends."""
    top = place(
        canvas, Paragraph("<b>Table 1</b> Round numbers in the place of results (mean ± SD, n = 3)", CAPTION), top
    )
    rows = [["Group", "Apoptosis (%)", "Invasion (cells/field)", "G/F-actin", "ROCK1/β-actin", "p"]]
    rows += [
        [name, f"{5 * n + 10}.0 ± {n}.0", f"{120 - 15 * n} ± {10 + n}", f"{0.5 + n / 4:.2f}", f"1.{n}0 ± 0.1{n}", p]
        for n, (name, p) in enumerate([("Control", "—"), ("Mimic", "< 0.05"), ("Mimic + ROCK1", "≤ 0.01"),
                                       ("Inhibitor", "0.25"), ("Inhibitor + Δ", "0.50")])
    ]  # fmt: skip
    lines = [("FONT", (0, 0), (-1, -1), FONT, 8.5), ("FONT", (0, 0), (-1, 0), f"{FONT}-Bold", 8.5)]
    rules = [("LINEABOVE", (0, 0), (-1, 1), 0.7, "#000000"), ("LINEBELOW", (0, -1), (-1, -1), 0.7, "#000000")]
    return place(canvas, Table(rows, colWidths=[(WIDTH - 2 * SIDE) / 6] * 6, style=lines + rules), top - 4) - 12


def panels(canvas: Canvas, top: float, *, number: int) -> float:
    """Draw a figure across both columns, with its caption; return where it ends."""
    five = {3: (cells, bars, blot, dots, curves), 5: (blot, curves, bars, dots, cells)}
    few = {1: (blot, bars), 2: (curves, dots), 4: (dots, bars)}
    members = five.get(number) or few[number]
    tall = 330 if number in five else 150
    figure(canvas, members, (SIDE, top - tall, WIDTH - 2 * SIDE, tall), 10 * number)
    last = "E" if number in five else "B"
    caption = (
        f"<b>Figure {number}</b> Panels drawn by a script in the place of data. (A to {last}) Grey values, bars and "
        f"dots follow formulas; n, p and the scale bar of 50 µm mean nothing. No experiment stands behind panel "
        f"{number}A or panel {number}{last}."
    )
    return place(canvas, Paragraph(caption, CAPTION), top - tall - 4) - 12


def bare(canvas: Canvas, top: float) -> float:  # noqa: ARG001 - one block as another
    """Draw nothing: a page of text alone."""
    return top


def page(block: Block, name: str) -> PageTemplate:
    """Return a page of two columns under a block; a trial drawing tells how tall the block is."""
    top = block(Canvas(BytesIO(), A4, initialFontName=FONT), HEIGHT - HEAD)
    frames = [
        Frame(SIDE + side * (COLUMN + GUTTER), FOOT, COLUMN, top - FOOT, 0, 0, 0, 0, id=f"{name}{side}")
        for side in range(2)
    ]

    def draw(canvas: Canvas, document: BaseDocTemplate) -> None:
        furniture(canvas, document.page)
        block(canvas, HEIGHT - HEAD)

    return PageTemplate(name, frames, onPage=draw)


def story() -> list[Flowable]:
    """Return headings, paragraphs and references in reading order."""
    words = Filler()
    plan = (
        ("Introduction", "", "introduction", 6), ("Materials and Methods", "Cells That Were Not Grown", "methods", 3),
        ("", "Blots That Were Drawn", "methods", 5), ("", "Numbers That Were Chosen", "methods", 5),
        ("Results", "Figures 1 and 2", "findings", 5), ("", "Figure 3", "findings", 7),
        ("", "Table 1 and Figure 4", "findings", 5),
        ("", "Figure 5", "findings", 7), ("Discussion", "", "discussion", 14), ("Conclusion", "", "discussion", 3),
    )  # fmt: skip
    flowables: list[Flowable] = [NextPageTemplate([*(f"p{n}" for n in range(2, 8)), "*", "p8"])]
    for heading, section, stock, paragraphs in plan:
        flowables += [Paragraph(text, style) for text, style in ((heading, HEADING), (section, SECTION)) if text]
        flowables += [Paragraph(words.paragraph(stock, 4 + n % 4), BODY) for n in range(paragraphs)]
    flowables += [Paragraph("Disclosure", HEADING), Paragraph("No authors, no funds, no interests: a stand-in.", FLAT)]
    flowables.append(Paragraph("References", HEADING))
    for number, line in enumerate(blocks()["references"], start=1):
        text, doi = escape(line).split(" | ")
        link = f'<a href="https://doi.org/{doi}">https://doi.org/{doi}</a>'
        flowables.append(Paragraph(f"{number}. {text} {link}", REFERENCE))
    return flowables


def packet() -> bytes:
    """Return the XMP packet; it says the same as the document information."""
    creators = "".join(f"<rdf:li>{name}</rdf:li>" for name in AUTHORS)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(TITLE)}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(STAND_IN)}</rdf:li></rdf:Alt></dc:description>
   <dc:identifier>doi:{DOI}</dc:identifier>
   <prism:doi>{DOI}</prism:doi>
   <prism:publicationName>{JOURNAL}</prism:publicationName>
   <prism:volume>13</prism:volume>
   <prism:startingPage>877</prism:startingPage>
   <xmp:CreateDate>2020-01-01T00:00:00Z</xmp:CreateDate>
   <xmp:ModifyDate>2020-01-01T00:00:00Z</xmp:ModifyDate>
   <pdf:Producer>samples/make_article.py</pdf:Producer>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()


def make_article(path: Path) -> None:
    """Leave the article at `path`."""
    for name, font in font_source_sans_pro.font_files_ttf.items():
        if name in {"SourceSansPro", "SourceSansProBold", "SourceSansProIt"}:
            pdfmetrics.registerFont(TTFont(name.replace("ProBold", "Pro-Bold").replace("ProIt", "Pro-It"), font))
    pdfmetrics.registerFontFamily(FONT, FONT, f"{FONT}-Bold", f"{FONT}-It", f"{FONT}-Bold")
    blocks = (opening, partial(panels, number=1), partial(panels, number=2), partial(panels, number=3), table,
              partial(panels, number=4), partial(panels, number=5), bare)  # fmt: skip
    templates = [page(block, f"p{n}") for n, block in enumerate(blocks, start=1)]
    drawn = BytesIO()
    document = Article(drawn, pagesize=A4, pageTemplates=templates, invariant=1, initialFontName=FONT)
    document.build(story())
    with pikepdf.open(drawn) as pdf:
        pdf.Root.Metadata = pikepdf.Stream(pdf, packet(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.Root.Lang = "en"
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D, St=FIRST_PAGE)])
        pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary(
            Title=TITLE, Author=", ".join(AUTHORS), Subject=STAND_IN, Producer="samples/make_article.py",
            CreationDate="D:20200101000000Z", ModDate="D:20200101000000Z",
        ))  # fmt: skip
        pdf.remove_unreferenced_resources()
        pdf.save(path, deterministic_id=True)


if __name__ == "__main__":
    make_article(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("article.pdf"))
