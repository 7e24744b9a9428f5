"""Which needs an imported service answers: by its taxonomy terms first, then by its words."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from waypost.directory.rules.needs import NeedWords, classify_service
from waypost.directory.selectors import needs_by_hand
from waypost.interop.hsds.rows import RawRow


class Terms:
    """The names of the feed's terms, and which stands above which."""

    def __init__(self) -> None:
        self._held: dict[UUID, tuple[str, UUID | None]] = {}

    def take(self, rows: Iterable[RawRow]) -> None:
        """Terms that go into the directory."""
        for row in rows:
            if row.ready:
                self._held[row.ready.id] = (row.ready.values["name"], row.ready.values["parent_id"])

    def names(self, term: UUID | None) -> list[str]:
        """A term's name and the names of those above it."""
        found: list[str] = []
        while term in self._held and len(found) < 10:  # noqa: PLR2004 - four levels; a ring has no end
            name, term = self._held[term]
            found.append(name)
        return found


def classify(
    services: Iterable[RawRow], attributes: Iterable[RawRow], terms: Terms, words: Sequence[NeedWords]
) -> None:
    """Fill ``need_categories`` of services that go into the directory; a human's choice stays."""
    held = [row for row in services if row.ready]
    named = _terms_by_row(attributes, terms)
    chosen = needs_by_hand(row.ready.id for row in held if row.ready)
    for row in held:
        if row.ready is None:
            continue
        values = row.ready.values
        values["need_categories"] = chosen.get(row.ready.id) or list(
            classify_service(
                words,
                terms=named.get(row.ready.id, []),
                name=f"{values['name']} {values['alternate_name']} {_keywords(row)}",
                description=values["description"],
            )
        )


def _keywords(row: RawRow) -> str:
    keywords = row.ready.extra.get("keywords") if row.ready else None
    return ", ".join(map(str, keywords)) if isinstance(keywords, list) else str(keywords or "")


def _terms_by_row(attributes: Iterable[RawRow], terms: Terms) -> dict[UUID, list[str]]:
    """Row id -> names of its terms and of the terms above them."""
    found: dict[UUID, list[str]] = {}
    for row in attributes:
        if row.ready is None or row.ready.values["link_id"] is None:
            continue
        names = found.setdefault(row.ready.values["link_id"], [])
        names += terms.names(row.ready.values["taxonomy_term_id"])
        if row.ready.values["taxonomy_term_id"] is None and row.ready.values["link_type"] != "eligibility":
            names.append(row.ready.values["value"])
    return found
