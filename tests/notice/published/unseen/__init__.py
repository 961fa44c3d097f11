"""Notices that were written before the reader had met anything like them, with the facts that each states."""
