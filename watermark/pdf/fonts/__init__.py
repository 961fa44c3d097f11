"""Fonts: faces, glyph outlines, subsets, shaping, and embedding."""
