"""Taxonomies: loaded from files, and kept in the page: names, translations, new, moved and retired terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from waypost.directory.choices import LOCAL_SOURCE, WordList
from waypost.directory.models import Taxonomy, TaxonomyTerm, TermName
from waypost.directory.rules.taxonomy import DEEPEST, LONGEST_NAME, Problem, Term, problems
from waypost.directory.services.upsert import identity
from waypost.directory.services.words import allowed, changed
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused

LANGUAGES = ("en", "es")
LONGEST_CODE = 200
_DUE = """
INSERT INTO directory_findingdue (service_id)
SELECT DISTINCT a.link_id FROM directory_attribute a JOIN directory_service s ON s.id = a.link_id
 WHERE a.taxonomy_term_id = %s
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file changed: terms that are new, have another name or place, and are retired."""

    taxonomy_id: UUID
    created: int
    updated: int
    unchanged: int
    retired: int


def load_taxonomy(
    *, actor: Actor, name: str, terms: Sequence[Term], version: str = "", description: str = ""
) -> Loaded:
    """Bring a taxonomy to what its file says. Terms that the file leaves out are retired, not deleted.

    Names and translations that were given here stay. Refused as a whole when codes stand twice, a parent is
    missing or terms lie in a ring.
    """
    allowed(actor)
    said = name.strip()
    if not said or len(said) > LONGEST_NAME:
        raise Refused(_("Give the taxonomy a name."), field="name")
    if wrong := problems(terms):
        raise Refused(_problem_words(wrong[0]), field="file")
    source = f"taxonomy:{said}"[:100]
    whole, _made = Taxonomy.objects.update_or_create(
        id=identity(source=source, table="taxonomies", scope="", source_id=said),
        defaults={
            "source": source,
            "source_id": said,
            "name": said,
            "version": version,
            "description": description,
            "imported_at": now(),
        },
    )
    loaded = _store(source, whole, terms)
    changed(actor, WordList.TAXONOMY, said, after=f"+{loaded.created} ~{loaded.updated} −{loaded.retired}")
    return loaded


def _store(source: str, whole: Taxonomy, terms: Sequence[Term]) -> Loaded:
    held = {row.code: row for row in TaxonomyTerm.objects.filter(taxonomy_detail=whole)}
    ids = {
        term.code: held[term.code].id
        if term.code in held
        else identity(source=source, table="taxonomy_terms", scope="", source_id=term.code)
        for term in terms
    }
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    for term in terms:
        values = {
            "name": term.name.strip(),
            "description": term.description,
            "parent_id": ids.get(term.parent),
        }
        row = held.get(term.code)
        if row is None:
            TaxonomyTerm.objects.create(
                id=ids[term.code],
                source=source,
                source_id=term.code,
                imported_at=now(),
                code=term.code,
                taxonomy=whole.name,
                taxonomy_detail=whole,
                language="en",
                **values,
            )
            counts["created"] += 1
        elif any(getattr(row, key) != value for key, value in values.items()):
            TaxonomyTerm.objects.filter(pk=row.pk).update(**values, imported_at=now())
            counts["updated"] += 1
        else:
            counts["unchanged"] += 1
        if spanish := term.names.get("es", "").strip():
            TermName.objects.update_or_create(
                term_id=ids[term.code], language="es", defaults={"name": spanish[:LONGEST_NAME]}
            )
    gone = [
        row.pk
        for code, row in held.items()
        if code not in ids and row.retired_on is None and row.source == source
    ]
    TaxonomyTerm.objects.filter(pk__in=gone).update(retired_on=today())
    return Loaded(whole.id, retired=len(gone), **counts)


def name_term(*, actor: Actor, term_id: UUID, names: Mapping[str, str]) -> None:
    """Call a term otherwise here, in English or Spanish; '' gives back the name of the taxonomy."""
    allowed(actor)
    row = _term(term_id)
    before = dict(TermName.objects.filter(term=row).values_list("language", "name"))
    after = {language: " ".join(names.get(language, "").split()) for language in LANGUAGES}
    for language, name in after.items():
        if len(name) > LONGEST_NAME:
            raise Refused(
                _("A name has at most %(most)s letters.") % {"most": LONGEST_NAME}, field=f"name_{language}"
            )
        if not name or (language == "en" and name == row.name):
            TermName.objects.filter(term=row, language=language).delete()
        else:
            TermName.objects.update_or_create(term=row, language=language, defaults={"name": name})
    _due(row.id)
    said = [", ".join(filter(None, each.values())) for each in (before, after)]
    changed(actor, WordList.TAXONOMY, row.name, before=said[0], after=said[1] or row.name)


def add_term(*, actor: Actor, taxonomy_id: UUID, name: str, parent_id: UUID | None = None) -> UUID:
    """A term of the network's own in a taxonomy; its code says that it is from here."""
    allowed(actor)
    whole = Taxonomy.objects.filter(pk=taxonomy_id).first()
    if whole is None:
        raise NotVisible
    said = " ".join(name.split())
    if not said or len(said) > LONGEST_NAME:
        raise Refused(_("Give it a name."), field="name")
    parent = _term(parent_id) if parent_id else None
    if parent is not None and parent.taxonomy_detail_id != whole.id:
        raise Refused(_("This term is in another taxonomy."), field="name")
    if TaxonomyTerm.objects.filter(taxonomy_detail=whole, parent=parent, name__iexact=said).exists():
        raise Refused(_("There is a term of this name at this place already."), field="name")
    if parent is not None and len(_above(parent)) >= DEEPEST:
        raise Refused(_("A taxonomy has at most %(most)s levels.") % {"most": DEEPEST}, field="name")
    row = TaxonomyTerm.objects.create(
        source=LOCAL_SOURCE,
        name=said,
        parent=parent,
        taxonomy=whole.name,
        taxonomy_detail=whole,
        language="en",
    )
    row.code = f"here-{row.id}"[:LONGEST_CODE]
    row.save(update_fields=["code"])
    changed(actor, WordList.TAXONOMY, whole.name, after=said)
    return row.id


def move_term(*, actor: Actor, term_id: UUID, parent_id: UUID | None) -> None:
    """Put a term of one's own under another one; never under itself or what is below it."""
    allowed(actor)
    row = _term(term_id)
    if row.source != LOCAL_SOURCE:
        raise Refused(_("Only terms that were added here can be moved."), field="parent")
    parent = _term(parent_id) if parent_id else None
    if parent is not None:
        if parent.taxonomy_detail_id != row.taxonomy_detail_id:
            raise Refused(_("This term is in another taxonomy."), field="parent")
        if row.id in (parent.id, *(each.id for each in _above(parent))):
            raise Refused(_("A term cannot lie below itself."), field="parent")
    before = row.parent.name if row.parent else ""
    row.parent = parent
    row.save(update_fields=["parent"])
    changed(actor, WordList.TAXONOMY, row.name, before=before, after=parent.name if parent else "–")


def retire_term(*, actor: Actor, term_id: UUID, retired: bool = True) -> None:
    """Offer and show a term nowhere any more, or again. Listings keep it."""
    allowed(actor)
    row = _term(term_id)
    row.retired_on = today() if retired else None
    row.save(update_fields=["retired_on"])
    _due(row.id)
    changed(
        actor,
        WordList.TAXONOMY,
        row.name,
        before=row.name if retired else "",
        after="" if retired else row.name,
    )


def _term(term_id: UUID) -> TaxonomyTerm:
    row = TaxonomyTerm.objects.select_for_update(of=("self",)).filter(pk=term_id).first()
    if row is None:
        raise NotVisible
    return row


def _above(row: TaxonomyTerm) -> list[TaxonomyTerm]:
    found: list[TaxonomyTerm] = []
    above = row.parent
    while above is not None and len(found) <= DEEPEST and above not in found:
        found.append(above)
        above = above.parent
    return found


def _due(term_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [term_id])


def _problem_words(problem: Problem) -> str:
    words = {
        "twice": _("The code %(code)s stands twice."),
        "no_parent": _("The term %(code)s names a parent that is not in the file."),
        "ring": _("The term %(code)s lies below itself."),
        "deep": _("The term %(code)s lies too deep."),
        "no_name": _("The term %(code)s has no code, no name, or a name that is too long."),
    }
    return words[problem.why] % {"code": problem.code}
