"""Which needs an imported service answers: by its taxonomy terms first, then by its words."""

from uuid import UUID

from waypost.directory.rules.needs import classify_service
from waypost.directory.selectors import need_words, needs_by_hand
from waypost.interop.hsds.rows import RawRow


def classify(rows: dict[str, list[RawRow]]) -> None:
    """Fill ``need_categories`` of every service that goes into the directory; a human's choice stays."""
    words = need_words()
    terms = _terms_by_row(rows)
    chosen = needs_by_hand(row.ready.id for row in rows.get("services", []) if row.ready)
    for row in rows.get("services", []):
        if row.ready is None:
            continue
        values = row.ready.values
        values["need_categories"] = chosen.get(row.ready.id) or list(
            classify_service(
                words,
                terms=terms.get(row.ready.id, []),
                name=f"{values['name']} {values['alternate_name']} {_keywords(row)}",
                description=values["description"],
            )
        )


def _keywords(row: RawRow) -> str:
    keywords = row.ready.extra.get("keywords") if row.ready else None
    return ", ".join(map(str, keywords)) if isinstance(keywords, list) else str(keywords or "")


def _terms_by_row(rows: dict[str, list[RawRow]]) -> dict[UUID, list[str]]:
    """Row id -> names of its terms and of the terms above them."""
    terms = {row.ready.id: row.ready.values for row in rows.get("taxonomy_terms", []) if row.ready}
    found: dict[UUID, list[str]] = {}
    for row in rows.get("attributes", []):
        if row.ready is None or row.ready.values["link_id"] is None:
            continue
        names = found.setdefault(row.ready.values["link_id"], [])
        term_id, steps = row.ready.values["taxonomy_term_id"], 0
        while term_id in terms and steps < 10:  # noqa: PLR2004 - a taxonomy has four levels; a ring has no end
            names.append(terms[term_id]["name"])
            term_id, steps = terms[term_id]["parent_id"], steps + 1
        if row.ready.values["taxonomy_term_id"] is None and row.ready.values["link_type"] != "eligibility":
            names.append(row.ready.values["value"])
    return found
