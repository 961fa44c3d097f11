"""Articles as a scanner leaves them: one grey image a page, with the letters that a text recognition read behind it."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from watermark.pdf.pdfium.document import PdfiumDocument

SCALE = 1.4
MAX_LETTERS = 1500


def scan(document: Pdf, *, garbled: bool) -> None:
    """Replace the content of each page by its image; the words of a mark are not among those of the text layer."""
    written = io.BytesIO()
    document.save(written)
    with PdfiumDocument(written.getvalue()) as drawn:
        for number, page in enumerate(document.pages, 1):
            with drawn.page(number) as opened:
                image = Image.fromarray(opened.draw(SCALE).copy(), "RGB").convert("L")
                text = opened.text.characters(MAX_LETTERS)
            plain = "".join(letter if letter.isascii() and letter.isprintable() else " " for letter in text)
            plain = plain.replace("(", " ").replace(")", " ").replace("\\", " ")
            for word in ("RETRACTED", "Retracted", "WITHDRAWN"):
                plain = plain.replace(word, "R'ETR&C1 ED" if garbled else "")
            data = io.BytesIO()
            image.save(data, "JPEG", quality=60)
            stream = pikepdf.Stream(document, data.getvalue())
            stream.stream_dict = Dictionary(
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=image.width,
                Height=image.height,
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=8,
                Filter=Name.DCTDecode,
            )
            left, bottom, right, top = (float(value) for value in page.mediabox)
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            page.Resources = Dictionary(
                XObject=Dictionary(Im=document.make_indirect(stream)), Font=Dictionary(F=document.make_indirect(font))
            )
            page.Contents = document.make_stream(
                b"q %f 0 0 %f %f %f cm /Im Do Q BT 3 Tr /F 4 Tf %f %f Td (%s) Tj ET"
                % (right - left, top - bottom, left, bottom, left + 20, top - 40, plain.encode("ascii"))
            )
            if Name.Annots in page:
                page.Annots = Array([])
            if Name.Rotate in page:
                del page["/Rotate"]
