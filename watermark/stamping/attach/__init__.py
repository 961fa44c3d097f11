"""The notice inside the file: as embedded files, and as pages of the article."""
