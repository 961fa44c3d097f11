"""Many articles: found, marked side by side, and kept in a ledger: nothing is lost, and nothing is done twice."""
