"""The desk: a page in a browser, served on this machine only, to mark articles without a terminal.

Read `server.py` first: it starts and ends the desk. `routes.py` has one function for each request of the page,
`gate.py` decides which requests are answered at all, and `work/` is what worker processes do with files.
"""
