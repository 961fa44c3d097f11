"""Rules that read a notice written as free text."""
