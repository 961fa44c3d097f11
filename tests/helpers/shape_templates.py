"""Write the shapes of letters and words that PDFium has no face for: `python -m tests.helpers.shape_templates`.

Each is a picture of 16 rows, drawn from fonts under free licences (DejaVu, Nimbus, Noto CJK, Amiri). They are needed to
write the file only.
"""

import io
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from reportlab.pdfgen import canvas

import watermark.article.marks as package
from tests.helpers.publishers.drawing import FACES, outlined, sheet
from watermark.article.marks.letter_shapes import (
    ALPHABETS,
    ARABIC_WORDS,
    CHINESE_WORDS,
    JAPANESE_WORDS,
    KOREAN_WORDS,
    sampled,
    word_columns,
)
from watermark.pdf.pdfium.document import PdfiumDocument

FACES.update(
    {
        "dejavu-regular": ("truetype/dejavu/DejaVuSans.ttf", 0),
        "amiri-regular": ("opentype/fonts-hosny-amiri/Amiri-Regular.ttf", 0),
        "thin-ja": ("opentype/noto/NotoSansCJK-Regular.ttc", 0),
        "thin-ko": ("opentype/noto/NotoSansCJK-Regular.ttc", 1),
        "thin-zh": ("opentype/noto/NotoSansCJK-Regular.ttc", 2),
        "song-ja": ("opentype/noto/NotoSerifCJK-Regular.ttc", 0),
        "song-ko": ("opentype/noto/NotoSerifCJK-Regular.ttc", 1),
        "song-zh": ("opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    }
)
LETTER_FACES = ("dejavu", "dejavu-serif", "sans", "serif")
WORD_FACES = {
    CHINESE_WORDS: ("cjk-zh", "ming-zh", "thin-zh", "song-zh"),
    JAPANESE_WORDS: ("cjk-ja", "ming-ja", "thin-ja", "song-ja"),
    KOREAN_WORDS: ("cjk-ko", "ming-ko", "thin-ko", "song-ko"),
    ARABIC_WORDS: ("amiri", "amiri-regular", "dejavu", "dejavu-regular"),
}
POINTS = 48
SCALE = 1.5


def drawn(words: str, face: str) -> NDArray[np.bool_]:
    """Return words as they are drawn, without the ground around them."""

    def paint(drawing: canvas.Canvas, width: float, height: float) -> None:
        drawing.translate(width / 2, height / 2)
        outlined(drawing, words, face, POINTS)

    written = io.BytesIO()
    sheet(90 * max(len(words), 2), 160, paint).save(written)
    with PdfiumDocument(written.getvalue()) as document, document.page(1) as page:
        mask = np.asarray(page.draw(SCALE)[..., 0] < 128)
    (top, bottom), (left, right) = _sides(mask)
    return mask[top:bottom, left:right]


def _sides(mask: NDArray[np.bool_]) -> tuple[tuple[int, int], tuple[int, int]]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return (int(rows[0]), int(rows[-1]) + 1), (int(columns[0]), int(columns[-1]) + 1)


def as_bytes(picture: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.asarray((np.clip(picture, 0, 1) * 15).round() * 17, dtype=np.uint8)


def main() -> None:
    written: dict[str, NDArray[np.generic]] = {}
    for name, letters in ALPHABETS.items():
        pictures = [
            as_bytes(sampled(drawn(letter, face)))
            for face in LETTER_FACES
            for alphabet in (letters, letters.lower())
            for letter in alphabet
        ]
        written[name] = np.array(pictures)
    for words, faces in WORD_FACES.items():
        for word in words:
            pictures = [as_bytes(sampled(drawn(word, face), word_columns(word))) for face in faces]
            written[word] = np.concatenate([written[word], pictures]) if word in written else np.array(pictures)
    path = Path(package.__file__).with_name("shapes.npz")
    np.savez_compressed(path, **written)
    sys.stdout.write(f"{path}: {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
