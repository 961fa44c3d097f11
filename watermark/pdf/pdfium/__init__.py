"""The only package that calls PDFium: it opens documents, draws pages, reads characters, objects and annotations."""
