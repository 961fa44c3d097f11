"""The samples are what their scripts make."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2

SAMPLES = Path(__file__).parents[1] / "samples"
TITLE = "miR-31 Modulates Liver Cancer HepG2 Cell Apoptosis and Invasion via ROCK1/F-Actin Pathways"
LARGEST_BYTES = 400_000


def inflated(path: Path) -> bytes:
    """Return the file without compression: two builds of zlib need not deflate alike."""
    written = BytesIO()
    with pikepdf.open(path) as pdf:
        level = pikepdf.StreamDecodeLevel.generalized
        pdf.save(written, static_id=True, compress_streams=False, stream_decode_level=level)
    return written.getvalue()


def test_the_script_makes_the_article_that_is_there_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    made = [tmp_path / name for name in ("first.pdf", "second.pdf")]
    for path in made:
        subprocess.run([sys.executable, SAMPLES / "make_article.py", path], check=True, timeout=60)
    assert made[0].read_bytes() == made[1].read_bytes()
    assert inflated(made[0]) == inflated(SAMPLES / "article.pdf")


def test_the_pictures_are_small_enough_to_be_kept_with_the_code() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.glob("desk*.png")) < 450_000


def test_the_article_says_on_every_page_that_it_is_a_stand_in() -> None:
    with pypdfium2.PdfDocument(SAMPLES / "article.pdf") as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) == 8
    assert all("Its text and figures are invented; it is not the study." in text for text in texts)


def test_the_article_has_what_an_article_has() -> None:
    path = SAMPLES / "article.pdf"
    assert path.stat().st_size < LARGEST_BYTES
    with pikepdf.open(path) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
        links = [str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", [])]
        assert pdf.docinfo["/Title"] == TITLE
        assert TITLE in packet
        assert "<prism:doi>10.5555/stand-in.mir31</prism:doi>" in packet
        assert len([link for link in links if link.startswith("https://doi.org/10.")]) >= 9
        assert pdf.Root.Outlines.Count >= 5
        assert all("/FontFile2" in font.FontDescriptor for page in pdf.pages for font in page.Resources.Font.values())
