"""What an import tells whoever looks on; this one looks at nothing."""

from collections.abc import Sequence

from waypost.directory.services import IncomingRow
from waypost.interop.hsds.rows import RawRow


class Watcher:
    """Override what you want to hear."""

    def at(self, phase: str, done: int, total: int = 0) -> None:
        """``done`` rows of the phase 'reading', 'checking' or 'writing' are through."""

    def set_aside(self, row: RawRow) -> None:
        """A row that is not kept."""

    def kept(self, table: str, rows: Sequence[IncomingRow]) -> None:
        """Rows as they will stand in the directory."""

    def changing(self, table: str, rows: Sequence[IncomingRow]) -> None:
        """Rows that are about to be written over, or would be."""


NOBODY = Watcher()
