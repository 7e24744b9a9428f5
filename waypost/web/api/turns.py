"""Who may read a whole list at once: a reader holds a thread of the server for as long as he reads.

Some threads always stay for everybody else, however slowly others read (``cli.serve`` has at least three).
"""

from collections.abc import Iterable, Iterator
from threading import Lock

MOST = 2  # in each process of the server; one for each address
_lock = Lock()
_reading: set[str] = set()


class Turn:
    """One reader's turn; it ends with what is read, or when the connection ends."""

    def __init__(self, address: str) -> None:
        self._address, self._ended = address, False
        self._lines: Iterator[bytes] = iter(())

    def over(self, lines: Iterable[bytes]) -> "Turn":
        """These lines are what is read."""
        self._lines = iter(lines)
        return self

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._lines
        finally:
            self.close()

    def close(self) -> None:
        """Called by the server, also where nothing was read; more than once does no harm."""
        with _lock:
            if not self._ended:
                self._ended = True
                _reading.discard(self._address)


def take_turn(address: str) -> Turn | None:
    """A turn for this address; None while it has one, or too many others do."""
    with _lock:
        if address in _reading or len(_reading) >= MOST:
            return None
        _reading.add(address)
    return Turn(address)
