"""The folder of this tool among the user's caches, where the system has it."""

from pathlib import Path

NAME = "retraction-watermark"


def user_cache() -> Path:
    """Return the folder for caches of this tool. It need not exist."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - most commands need no cache

    return user_cache_path(NAME)
