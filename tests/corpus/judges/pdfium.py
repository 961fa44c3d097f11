"""Draw a PDF with PDFium, form fields included, as a stream of PPM."""

from pathlib import Path
from typing import IO

import pypdfium2


def draw(stream: IO[bytes], path: Path, dpi: float) -> None:
    """Write the pictures of all pages."""
    with pypdfium2.PdfDocument(path) as opened:
        opened.init_forms()
        for page in opened:
            picture = page.render(scale=dpi / 72, may_draw_forms=True).to_pil().convert("RGB")
            stream.write(b"P6\n%d %d\n255\n" % picture.size + picture.tobytes())
