"""Building the whole record from the list of tables, honest about its shape."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from waypost.guarding.record.tables import COLUMNS_LEFT_OUT, TABLES, Table
from waypost.kernel.clock import now
from waypost.network.selectors import organization, organizations

FORMAT, VERSION = "waypost-record", 1
ABOUT = (
    "Everything that this organization keeps about this person. The sections resemble the FHIR R4 resources "
    "named in 'like', but this is not FHIR: field names are those of Waypost. The records of other "
    "organizations are not here; the accounting says who was told."
)
NEVER_KEPT = (
    ("psychotherapy notes", "Waypost has no place for them (45 CFR 164.524(a)(1)(i))."),
    ("material for legal proceedings", "Waypost has no place for it (45 CFR 164.524(a)(1)(ii))."),
    ("records of other organizations", "Each gives its own copy; the accounting says who was told."),
)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one kind. ``like``: what they resemble in FHIR R4."""

    name: str
    like: str
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A person's whole record with one organization."""

    holder_id: UUID
    holder_name: str
    made_at: str
    for_representative: bool
    sections: tuple[Section, ...]
    others: tuple[str, ...]

    def section(self, name: str) -> Section:
        """One section; KeyError for a name that is not there."""
        found = next((each for each in self.sections if each.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def as_json(self) -> dict[str, Any]:
        """The shape that docs/reference/record.schema.json describes."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "about": ABOUT,
            "made_at": self.made_at,
            "held_by": {"id": str(self.holder_id), "name": self.holder_name},
            "for_representative": self.for_representative,
            "sections": [
                {"name": each.name, "like": each.like, "rows": list(each.rows)} for each in self.sections
            ],
            "others_told": list(self.others),
            "never_kept": [{"what": what, "why": why} for what, why in NEVER_KEPT],
        }


def build_record(holder_id: UUID, person_id: UUID, *, for_representative: bool = False) -> Record:
    """Read every table of the list for one person and one holder; for the system role or the holder's own.

    For a parent or guardian, what the minor consented to alone is left out (45 CFR 164.502(g)(3)).
    """
    values = {"person": person_id, "holder": holder_id, "representative": for_representative}
    sections = tuple(_section(each, values) for each in TABLES)
    return Record(
        holder_id=holder_id,
        holder_name=organization(holder_id).name,
        made_at=now().isoformat(),
        for_representative=for_representative,
        sections=sections,
        others=_others(sections),
    )


def _section(table: Table, values: dict[str, Any]) -> Section:
    where = table.where
    if table.sensitive:
        where += " AND (NOT %(representative)s OR NOT 'minor_consented' = ANY (t.sensitivities))"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT to_jsonb(t) FROM {table.name} t WHERE {where} ORDER BY t.{table.order}, t.id",  # noqa: S608
            values,
        )
        rows = [row for (row,) in cursor.fetchall()]
    return Section(table.section, table.like, tuple(_plain(row) for row in rows))


def _plain(row: Any) -> dict[str, Any]:
    loaded = json.loads(row) if isinstance(row, str) else row
    return {name: value for name, value in loaded.items() if name not in COLUMNS_LEFT_OUT}


def _others(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """Names of whoever was told or may look: their own records are theirs to give."""
    told = {row["recipient_name"] for each in sections if each.name == "accounting" for row in each.rows}
    ids = {row["recipient_id"] for each in sections if each.name == "who_may_look" for row in each.rows}
    return tuple(sorted(told | {each.name for each in organizations(ids=[UUID(one) for one in ids])}))
