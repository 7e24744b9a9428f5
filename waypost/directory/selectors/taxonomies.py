"""Taxonomies as trees, with how often each term is used and to which needs it leads."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import get_language

from waypost.directory.choices import LOCAL_SOURCE
from waypost.directory.models import Attribute, Taxonomy, TaxonomyTerm, TermName
from waypost.directory.rules.asking import plain_word
from waypost.directory.rules.needs import needs_of_terms
from waypost.directory.vocabulary import vocabulary
from waypost.kernel.errors import NotVisible

MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class TaxonomyRow:
    """A taxonomy: how many terms it has, how many of them are retired."""

    id: UUID
    name: str
    version: str
    description: str
    terms: int
    retired: int


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term; ``name`` as it is called here, in the reader's language. ``depth`` 0 is a root."""

    id: UUID
    code: str
    name: str
    own_name: str
    depth: int
    path: tuple[str, ...]
    used: int
    needs: tuple[str, ...]
    retired_on: date | None
    added_here: bool
    parent_id: UUID | None


@dataclass(frozen=True, slots=True)
class TermPage:
    """One term with its translations and what lies directly below it."""

    row: TermRow
    taxonomy: TaxonomyRow
    description: str
    names: dict[str, str]
    below: tuple[TermRow, ...]


def taxonomy_rows() -> tuple[TaxonomyRow, ...]:
    """Every taxonomy that has terms of its own, by name."""
    rows = Taxonomy.objects.annotate(
        number=Count("terms"), gone=Count("terms", filter=Q(terms__retired_on__isnull=False))
    )
    return tuple(
        TaxonomyRow(row.id, row.name, row.version, row.description, row.number, row.gone)
        for row in rows.order_by("name", "id")
    )


def taxonomy_row(taxonomy_id: UUID) -> TaxonomyRow:
    """One of them. Raises NotVisible when there is none."""
    found = next((row for row in taxonomy_rows() if row.id == taxonomy_id), None)
    if found is None:
        raise NotVisible
    return found


def taxonomy_tree(taxonomy_id: UUID, *, words: str = "") -> tuple[TermRow, ...]:
    """Every term in the order of the tree; with ``words``, at most 100 whose name or code holds them."""
    terms = list(TaxonomyTerm.objects.filter(taxonomy_detail_id=taxonomy_id).order_by("code", "name", "id"))
    rows = _rows(terms)
    wanted = plain_word(words.strip())
    if not wanted:
        return rows
    found = [row for row in rows if any(wanted in plain_word(x) for x in (row.name, row.own_name, row.code))]
    return tuple(found[:MOST_FOUND])


def term_page(term_id: UUID) -> TermPage:
    """Everything about one term. Raises NotVisible when there is none, or it is in no taxonomy."""
    row = TaxonomyTerm.objects.filter(pk=term_id, taxonomy_detail__isnull=False).first()
    if row is None or row.taxonomy_detail_id is None:
        raise NotVisible
    tree = taxonomy_tree(row.taxonomy_detail_id)
    return TermPage(
        row=next(each for each in tree if each.id == term_id),
        taxonomy=taxonomy_row(row.taxonomy_detail_id),
        description=row.description,
        names=dict(TermName.objects.filter(term=row).values_list("language", "name")),
        below=tuple(each for each in tree if each.parent_id == term_id),
    )


def terms_of_service(service_id: UUID) -> tuple[str, ...]:
    """The names of a listing's terms as they are called here; retired ones are not shown."""
    ids = Attribute.objects.filter(link_id=service_id, taxonomy_term__retired_on__isnull=True)
    terms = list(TaxonomyTerm.objects.filter(pk__in=ids.values("taxonomy_term_id")))
    names = _names([each.id for each in terms])
    return tuple(sorted({names.get(each.id, each.name) for each in terms}, key=plain_word))


def taxonomy_table(taxonomy_id: UUID) -> list[tuple[str, str, str, str, str, str]]:
    """Code, name, parent's code, description, Spanish name, retired on: as it is read again."""
    terms = {each.id: each for each in TaxonomyTerm.objects.filter(taxonomy_detail_id=taxonomy_id)}
    spanish = dict(TermName.objects.filter(term__in=terms, language="es").values_list("term_id", "name"))
    return [
        (
            terms[row.id].code,
            terms[row.id].name,
            terms[row.parent_id].code if row.parent_id in terms else "",
            terms[row.id].description,
            spanish.get(row.id, ""),
            str(row.retired_on or ""),
        )
        for row in taxonomy_tree(taxonomy_id)
    ]


def _rows(terms: list[TaxonomyTerm]) -> tuple[TermRow, ...]:
    names = _names([each.id for each in terms])
    used = dict(
        Attribute.objects.filter(taxonomy_term__in=[each.id for each in terms])
        .values_list("taxonomy_term_id")
        .annotate(number=Count("link_id", distinct=True))
    )
    below: dict[UUID | None, list[TaxonomyTerm]] = {}
    known = {each.id for each in terms}
    for each in terms:
        below.setdefault(each.parent_id if each.parent_id in known else None, []).append(each)
    words = vocabulary().needs
    found: list[TermRow] = []

    def walk(parent: UUID | None, path: tuple[str, ...]) -> None:
        for each in below.get(parent, []):
            name = names.get(each.id, each.name)
            found.append(
                TermRow(
                    id=each.id,
                    code=each.code,
                    name=name,
                    own_name=each.name,
                    depth=len(path),
                    path=path,
                    used=used.get(each.id, 0),
                    needs=needs_of_terms(words, [each.name]),
                    retired_on=each.retired_on,
                    added_here=each.source == LOCAL_SOURCE,
                    parent_id=parent,
                )
            )
            walk(each.id, (*path, name))

    walk(None, ())
    return tuple(found)


def _names(ids: list[UUID]) -> dict[UUID, str]:
    """The names given here, in the reader's language, else the English one."""
    spoken = "es" if (get_language() or "").startswith("es") else "en"
    rows = TermName.objects.filter(term_id__in=ids).values_list("term_id", "language", "name")
    held = {(term, language): name for term, language, name in rows}
    return {
        term: held.get((term, spoken)) or held[term, "en"]
        for term in ids
        if (term, spoken) in held or (term, "en") in held
    }
