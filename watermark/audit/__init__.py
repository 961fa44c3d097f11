"""What a PDF is to a list of retractions: marked as it has to be, by whom, and what mends it."""
