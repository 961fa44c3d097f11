"""Many articles: find them, mark them in parallel and record each result in a ledger, so that a run can be resumed."""
