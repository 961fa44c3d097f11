"""Draw a PDF with PDFium, form fields included, as a stream of PPM: python -m tests.corpus.judges.pdfium FILE DPI."""

import sys

import pypdfium2


def main() -> int:
    """Write the pictures of all pages to standard output."""
    with pypdfium2.PdfDocument(sys.argv[1]) as opened:
        opened.init_forms()
        for page in opened:
            picture = page.render(scale=float(sys.argv[2]) / 72, may_draw_forms=True).to_pil().convert("RGB")
            sys.stdout.buffer.write(b"P6\n%d %d\n255\n" % picture.size + picture.tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
