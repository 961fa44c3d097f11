"""Reports from the entries of a ledger, for people, programs and archives."""
