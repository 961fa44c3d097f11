"""Retraction marks that third parties drew: found, read, and placed on their pages."""
