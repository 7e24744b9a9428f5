"""Places whose address is kept private: at once, everywhere, and whatever a feed brings later.

A fact of our own under ``PRIVATE`` is the mark. It is no field of HSDS, so no feed can speak of it: it is
set and taken away here alone, and an import asks for it (``guarding``, ``hold_back_private``).
"""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from waypost.directory.choices import LOCAL_SOURCE, PRIVATE, REMOVED, FactOf
from waypost.directory.hsds import TABLES
from waypost.directory.models import (
    Address,
    Conflict,
    Fault,
    FieldFact,
    Likeness,
    Location,
    Organization,
    Proposal,
    ProposalStatus,
    Service,
    Trait,
    TraitKey,
)
from waypost.directory.models.feed import ImportChange
from waypost.directory.rules.names import street_form, zip_form
from waypost.directory.services.facts import keep_mark
from waypost.directory.tables import model_of
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.events import emit

_ROUNDED = 4  # decimals of a degree: about ten yards
_NEEDED_TO_UNDO = ("imported_at", "content_hash")


def hide_places(actor: Actor, ids: Iterable[UUID]) -> None:
    """Keep these places private, with those merged into them and those that their organization lists at the

    same address or point, and forget every copy of what they say.
    """
    places = set(ids)
    places |= _same_as(places)
    places |= set(Location.objects.filter(merged_into__in=places).values_list("pk", flat=True))
    Location.objects.filter(pk__in=places).update(confidential=True)
    for each in places:
        keep_mark(actor=actor, entity=FactOf.LOCATION, row_id=each, field=PRIVATE)
    forget_copies(places)
    emit("place.private", actor=actor)


def _same_as(places: set[UUID]) -> set[UUID]:
    """Places of the same organizations at the same address: feeds list one for each service."""
    owners = _owners(places)
    others = Location.objects.filter(
        Q(organization__in=owners) | Q(at_services__service__organization__in=owners)
    ).exclude(pk__in=places)
    private = [keys for each in Location.objects.filter(pk__in=places) if (keys := _keys(each))]
    return {each.id for each in others.distinct() if any(_keys(each) & keys for keys in private)}


def show_places(ids: Iterable[UUID]) -> None:
    """Show them again; imports write their fields again from now on."""
    places = set(ids)
    places |= set(Location.objects.filter(merged_into__in=places).values_list("pk", flat=True))
    Location.objects.filter(pk__in=places).update(confidential=False)
    FieldFact.objects.filter(entity=FactOf.LOCATION, row_id__in=places, field=PRIVATE).delete()


def marked_private() -> set[UUID]:
    """Places that somebody keeps private, against any feed."""
    marks = FieldFact.objects.filter(entity=FactOf.LOCATION, field=PRIVATE, source=LOCAL_SOURCE)
    return set(marks.values_list("row_id", flat=True))


def forget_copies(places: set[UUID]) -> None:
    """What is remembered of these places elsewhere: facts, wishes, changes by imports, likenesses."""
    facts = FieldFact.objects.filter(entity=FactOf.LOCATION, row_id__in=places)
    facts.exclude(field__in=(PRIVATE, REMOVED)).delete()
    Conflict.objects.filter(Q(row_id__in=places) | Q(theirs_row__in=places), entity=FactOf.LOCATION).delete()
    wishes = Proposal.objects.filter(entity=FactOf.LOCATION, row_id__in=places).exclude(field=PRIVATE)
    wishes.filter(status=ProposalStatus.WAITING).update(status=ProposalStatus.WITHDRAWN, decided_at=now())
    wishes.update(old=None, new=None)
    _forget_changes(places)
    _forget_addresses_in_reports(places)
    cities = Address.objects.filter(location__in=places).values_list("city", flat=True)
    forget_words(list(cities), of=_owners(places))
    _forget_likenesses(places)


def forget_words(texts: Iterable[str], *, of: set[UUID]) -> None:
    """Words that stood in listings of these organizations alone are proposed to nobody as what was meant."""
    words = {word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())}
    with connection.cursor() as cursor:
        cursor.execute("SELECT w, unaccent(w) FROM unnest(%s::text[]) w", [list(words)])
        plain = {each for row in cursor.fetchall() for each in row}
        cursor.execute(
            "DELETE FROM directory_word w WHERE w.word = ANY(%(words)s) AND NOT EXISTS ("
            "  SELECT 1 FROM directory_finding f JOIN directory_service s ON s.id = f.service_id"
            "   WHERE s.organization_id <> ALL(%(of)s)"
            "     AND f.document @@ plainto_tsquery('waypost_english', w.word))",
            {"words": list(plain), "of": list(of)},
        )


def _forget_addresses_in_reports(places: set[UUID]) -> None:
    """Reports of faults that name a street of these places keep their kind and lose their words."""
    streets = set(Address.objects.filter(location__in=places).values_list("address_1", flat=True))
    reports = Fault.objects.filter(service__organization__in=_owners(places))
    for street in filter(None, streets):
        reports.filter(words__icontains=street).update(words="")


def _forget_changes(places: set[UUID]) -> None:
    """Of rows that hang on them, and of such as are gone: nobody knows any more on what these hung."""
    told = Q(table="locations", row_id__in=places)
    for name, table in TABLES.items():
        columns = [
            (column, path)
            for column, path in (
                ("location_id", "location_id"),
                ("service_at_location_id", "service_at_location__location_id"),
            )
            if any(each.column == column for each in table.references)
        ]
        if not columns:
            continue
        rows = model_of(name)._default_manager
        hanging = Q()
        for _column, path in columns:
            hanging |= Q(**{f"{path}__in": places})
        told |= Q(table=name) & (
            Q(row_id__in=rows.filter(hanging).values("pk")) | ~Q(row_id__in=rows.values("pk"))
        )
    for each in ImportChange.objects.filter(told):
        each.title, each.after = "", {}
        each.before = {key: value for key, value in each.before.items() if key in _NEEDED_TO_UNDO}
        each.save(update_fields=["title", "before", "after"])


def _forget_likenesses(places: set[UUID]) -> None:
    owners = _owners(places)
    services = Service.objects.filter(organization__in=owners).values_list("pk", flat=True)
    about = {*places, *owners, *services}
    Likeness.objects.filter(Q(a__in=about) | Q(b__in=about)).delete()
    Trait.objects.filter(row_id__in=about).delete()
    TraitKey.objects.filter(row_id__in=about).delete()


def _owners(places: set[UUID]) -> set[UUID]:
    own = Location.objects.filter(pk__in=places, organization__isnull=False)
    there = Service.objects.filter(at_locations__location__in=places)
    return {*own.values_list("organization_id", flat=True), *there.values_list("organization_id", flat=True)}


def hold_back_private(*, source: str, at: datetime) -> int:
    """After an import: a place that it brought anew under another id, at an address or a point that its

    organization keeps private, is private as well. Returns how many. ``at``: the import's ``imported_at``.
    """
    held = 0
    for mark in Location.objects.filter(pk__in=marked_private()):
        owners = _owners({mark.id})
        names = Organization.objects.filter(pk__in=owners).values_list("name", flat=True)
        named = Q(pk__in=owners)
        for name in names:
            named |= Q(name__iexact=name)
        alike = Organization.objects.filter(named).values("pk")
        rows = Location.objects.filter(
            Q(organization__in=alike) | Q(at_services__service__organization__in=alike),
            source=source,
            imported_at=at,
            confidential=False,
        ).distinct()
        same = [each.id for each in rows if _keys(each) & _keys(mark)]
        held += Location.objects.filter(pk__in=same).update(confidential=True)
        for each in same:
            FieldFact.objects.get_or_create(
                entity=FactOf.LOCATION,
                row_id=each,
                field=PRIVATE,
                source=LOCAL_SOURCE,
                defaults={"value": True},
            )
        if same:
            forget_copies(set(same))
    return held


def _keys(place: Location) -> set[tuple[str, ...]]:
    """By what a place is known again: street and ZIP (or town), and its point."""
    keys: set[tuple[str, ...]] = set()
    for each in Address.objects.filter(location=place):
        street, _unit = street_form(each.address_1, each.address_2)
        if street:
            keys.add((street, zip_form(each.postal_code) or each.city.strip().casefold()))
    if place.latitude is not None and place.longitude is not None:
        keys.add((str(round(place.latitude, _ROUNDED)), str(round(place.longitude, _ROUNDED))))
    return keys
