"""Notices in the forms of publishers, all invented, with the facts that a reader should find in them."""
