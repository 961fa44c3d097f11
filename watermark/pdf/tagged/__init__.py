"""Tagged PDF set with reportlab: structure tree, canvas, paragraphs and tables (ISO 32000-2 14.7, 14.8)."""
