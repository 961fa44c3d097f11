"""Mark a retracted article on every page, and prove that nothing else changed."""

__version__ = "0.1.0"
