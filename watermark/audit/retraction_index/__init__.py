"""An index of a list of retractions, on disk: one look-up takes milliseconds, however long the list is."""
