"""A setting of the whole process that several threads may want changed at the same time."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock


class SharedSetting:
    """Counts who wants a setting changed, in all threads: the first changes it, the last restores it."""

    def __init__(self, change: Callable[[ExitStack], None]) -> None:
        """Change the setting by `change`, which gets a stack for what restores it."""
        self._change, self._restore = change, ExitStack()
        self._lock, self._count = Lock(), 0

    @contextmanager
    def changed(self) -> Iterator[None]:
        """Have the setting changed while the `with` statement runs."""
        with self._lock:
            self._count += 1
            if self._count == 1:
                self._change(self._restore)
        try:
            yield
        finally:
            with self._lock:
                self._count -= 1
                if not self._count:
                    self._restore.close()
