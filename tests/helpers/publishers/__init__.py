"""Marked articles after the patterns of publishers, to measure how many of them are recognised."""
