"""What flows through an import: rows as read, then rows as they will be stored."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from waypost.directory.services import IncomingRow

UNKNOWN_TABLE = "unknown"


@dataclass(slots=True)
class RawRow:
    """A row as it was found.

    ``values`` are the columns by the names of HSDS 3.2 as far as the reader knows them. ``parents`` are rows
    inside which this one was found, by reference column. ``scope`` is the part of the feed within which ids
    are unique; ``origin`` an older table with ids of its own that 3.2 folds into another. ``number`` is the
    row in a table (the header is row 1) or the object in a list (from 1). ``seq`` counts the rows of the
    feed; ``place`` is the id of a place whose organization is the service's, where it names none itself.
    """

    table: str
    values: dict[str, Any]
    number: int
    file: str
    scope: str = ""
    origin: str = ""
    parents: dict[str, "RawRow"] = field(default_factory=dict)
    nested: bool = False
    record: tuple[list[str], list[str]] | None = None  # headings and cells as they were, for the error file
    problem: tuple[str, str] | None = None
    marks: list[tuple[str, str]] = field(default_factory=list)
    source_id: str = ""
    id: UUID | None = None
    accepted: bool = False
    ready: IncomingRow | None = None
    seq: int = -1
    place: str = ""
    is_parent: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of the report: what was set aside, or kept with a mark, and why."""

    table: str
    row: int
    source_id: str
    rule: str
    reason: str
    file: str
