"""One claim about a copy per file. Each check looks at the evidence and returns findings; it writes nothing."""
