"""What is not about PDF: processes, files, paths, clocks, and text that is safe to show."""
