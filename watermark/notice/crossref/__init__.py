"""Crossref as a source of notices: the client, its cache, and the look-up of a DOI."""
