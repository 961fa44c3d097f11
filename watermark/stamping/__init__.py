"""One article and its notice become one marked copy. Read `pipeline` first."""
