"""Do not list: who asked not to be shown stays hidden, under this id and under any other."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from waypost.directory.choices import FactOf, HiddenWhy, MatchStatus
from waypost.directory.models import (
    Address,
    DoNotList,
    DoNotListMatch,
    Location,
    Organization,
    Phone,
    Service,
)
from waypost.directory.models.base import Listed
from waypost.directory.rules.alike import ALIKE, likeness
from waypost.directory.rules.names import phone_form, street_form, zip_form
from waypost.directory.services.hiding import settle_hidden
from waypost.directory.services.merging import may_keep
from waypost.directory.values import MODELS
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused

LONGEST = 500
NUMBER = 10  # digits of a number in the United States
_BY_PHONE = """
SELECT p.organization_id, p.service_id, p.location_id, p.number FROM directory_phone p
 WHERE right(regexp_replace(p.number, '\\D', '', 'g'), 10) = ANY(%(digits)s)
   AND (%(source)s = '' OR (p.source = %(source)s AND p.imported_at = %(at)s))"""
_BY_STREET = """
SELECT d.location_id, d.organization_id, d.address_1, d.address_2, d.postal_code FROM directory_address d
 WHERE left(regexp_replace(d.postal_code, '\\D', '', 'g'), 5) = ANY(%(zips)s)
   AND (%(source)s = '' OR (d.source = %(source)s AND d.imported_at = %(at)s))"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Why somebody is not to be listed, who asked, and on which day."""

    reason: str
    asked_by: str
    asked_on: date | None = None


def ask_not_to_list(*, actor: Actor, kind: str, row_id: UUID, asked: Asked) -> UUID:
    """Hide this listing (of an organization: with its services and places) in every import to come."""
    may_keep(actor)
    row = (
        MODELS[kind]._default_manager.select_for_update().filter(pk=row_id).first()
        if kind in MODELS
        else None
    )
    if row is None:
        raise NotVisible
    if DoNotList.objects.filter(kind=kind, row_id=row_id, lifted_at=None).exists():
        raise Refused(_("This listing is on the list already."))
    phones, streets = _marks(kind, row)
    entry = _entry(actor, asked, kind=kind, row_id=row_id, name=_name(row), phones=phones, streets=streets)
    settle_hidden(kind, [row_id])
    hide_unlisted()
    return entry


def keep_off_the_list(
    *, actor: Actor, kind: str, name: str, phone: str, address_1: str, postal_code: str, asked: Asked
) -> UUID:
    """Somebody who is not in the directory is never to come into it: known by name with phone or address.

    A place is known by its address alone.
    """
    may_keep(actor)
    street, code = street_form(address_1)[0], zip_form(postal_code)
    streets = [f"{street}|{code}"] if street and code else []
    phones = [found] if (found := phone_form(phone)) else []
    if kind not in MODELS:
        raise Refused(_("Choose what is not to be listed."), field="kind")
    if kind == FactOf.LOCATION and not streets:
        raise Refused(_("Give the street with its number, and the ZIP code."), field="address_1")
    if kind != FactOf.LOCATION and not (name.strip() and (phones or streets)):
        raise Refused(_("Give the name, and a phone number or an address with its ZIP code."), field="name")
    entry = _entry(actor, asked, kind=kind, row_id=None, name=name.strip(), phones=phones, streets=streets)
    hide_unlisted()
    return entry


def list_again(*, actor: Actor, entry_id: UUID) -> None:
    """Take somebody off the list: what was hidden for it is shown again, unless hidden for another reason."""
    may_keep(actor)
    entry = DoNotList.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        raise NotVisible
    if entry.lifted_at is not None:
        raise Refused(_("This was taken off the list already."))
    entry.lifted_at, entry.lifted_by_name = now(), actor.name
    entry.save(update_fields=["lifted_at", "lifted_by_name"])
    rows = [(entry.kind, entry.row_id), *entry.matches.values_list("kind", "row_id")]
    _settle((kind, row_id) for kind, row_id in rows if row_id)
    _record(actor, "directory.list_again", entry)


def decide_match(*, actor: Actor, match_id: UUID, same: bool) -> None:
    """Say whether a listing is the one that asked not to be listed; if not, it is shown."""
    may_keep(actor)
    match = DoNotListMatch.objects.select_for_update().select_related("entry").filter(pk=match_id).first()
    if match is None:
        raise NotVisible
    match.status = MatchStatus.SAME if same else MatchStatus.OTHER
    match.decided_by_name, match.decided_at = actor.name, now()
    match.save(update_fields=["status", "decided_by_name", "decided_at"])
    settle_hidden(match.kind, [match.row_id])
    _record(actor, "directory.do_not_list_match", match.entry, status=match.status)


def hide_unlisted(*, source: str = "", at: datetime | None = None) -> int:
    """Hide what is on the list, and what is like it until somebody has looked; how many are like it.

    After an import: ``source`` and ``at`` (its ``imported_at``) narrow it to what that import brought.
    """
    entries = list(DoNotList.objects.filter(lifted_at=None))
    if not entries:
        return 0
    _hide_named(entries)
    known = set(DoNotListMatch.objects.values_list("entry_id", "kind", "row_id"))
    known |= {(entry.id, entry.kind, entry.row_id) for entry in entries if entry.row_id}
    found = set(_by_phone(entries, source, at)) | set(_by_street(entries, source, at))
    matches = [
        DoNotListMatch(entry=entry, kind=entry.kind, row_id=row_id, found_at=now())
        for entry in entries
        for entry_id, row_id in sorted(found, key=str)
        if entry_id == entry.id and (entry.id, entry.kind, row_id) not in known
    ]
    DoNotListMatch.objects.bulk_create(matches)
    _settle((match.kind, match.row_id) for match in matches)
    return len(matches)


def _hide_named(entries: Iterable[DoNotList]) -> None:
    """Rows that an import brought (back) under a known id, and what is new beneath a hidden organization."""
    named: dict[str, set[UUID]] = {}
    for entry in entries:
        if entry.row_id:
            named.setdefault(entry.kind, set()).add(entry.row_id)
    asked = DoNotListMatch.objects.filter(entry__lifted_at=None).exclude(status=MatchStatus.OTHER)
    for kind, row_id in asked.values_list("kind", "row_id"):
        named.setdefault(kind, set()).add(row_id)
    for kind, ids in named.items():
        shown = MODELS[kind]._default_manager.filter(pk__in=ids).exclude(hidden_why=HiddenWhy.DO_NOT_LIST)
        settle_hidden(kind, list(shown.values_list("pk", flat=True)))
    organizations = named.get(FactOf.ORGANIZATION, set())
    for model, kind in ((Service, FactOf.SERVICE), (Location, FactOf.LOCATION)):
        below = model._default_manager.filter(organization_id__in=organizations)
        settle_hidden(
            kind, list(below.exclude(hidden_why=HiddenWhy.DO_NOT_LIST).values_list("pk", flat=True))
        )


def _by_phone(entries: list[DoNotList], source: str, at: datetime | None) -> Iterable[tuple[UUID, UUID]]:
    digits = {re.sub(r"\D", "", each)[-NUMBER:] for entry in entries for each in entry.phones}
    with connection.cursor() as cursor:
        cursor.execute(_BY_PHONE, {"digits": sorted(digits), "source": source, "at": at})
        rows = cursor.fetchall() if digits else []
    for organization, service, location, number in rows:
        for entry in entries:
            if phone_form(number) in entry.phones and entry.kind != FactOf.LOCATION:
                for row_id, name in _named(entry.kind, organization, service, location):
                    if likeness(name, entry.name) >= ALIKE:
                        yield entry.id, row_id


def _by_street(entries: list[DoNotList], source: str, at: datetime | None) -> Iterable[tuple[UUID, UUID]]:
    zips = {each.rpartition("|")[2] for entry in entries for each in entry.streets}
    with connection.cursor() as cursor:
        cursor.execute(_BY_STREET, {"zips": sorted(zips), "source": source, "at": at})
        rows = cursor.fetchall() if zips else []
    for location, organization, first, second, code in rows:
        street = f"{street_form(first, second)[0]}|{zip_form(code)}"
        for entry in entries:
            if street not in entry.streets:
                continue
            if entry.kind == FactOf.LOCATION:
                if location and (not entry.row_id or location != entry.row_id):
                    yield entry.id, location
                continue
            for row_id, name in _named(entry.kind, organization, None, location):
                if likeness(name, entry.name) >= ALIKE:
                    yield entry.id, row_id


def _named(
    kind: str, organization: UUID | None, service: UUID | None, location: UUID | None
) -> list[tuple[UUID, str]]:
    """Organizations or services, with their names, to which a number or an address belongs."""
    owners = {organization} if organization else set()
    if service:
        owners |= set(Service.objects.filter(pk=service).values_list("organization_id", flat=True))
    if location:
        owners |= set(Location.objects.filter(pk=location).values_list("organization_id", flat=True))
    if kind == FactOf.ORGANIZATION:
        return list(Organization.objects.filter(pk__in=owners).values_list("pk", "name"))
    rows = (
        Service.objects.filter(pk=service) if service else Service.objects.filter(organization_id__in=owners)
    )
    return list(rows.values_list("pk", "name"))


def _marks(kind: str, row: Listed) -> tuple[list[str], list[str]]:
    """The numbers and streets by which this listing would be known under another id."""
    phones = Phone.objects.filter(**{f"{kind}_id": row.pk})
    if isinstance(row, Service):
        phones |= Phone.objects.filter(organization_id=row.organization_id)
    places = Location.objects.filter(pk=row.pk)
    if isinstance(row, Organization):
        places = Location.objects.filter(organization_id=row.pk)
    elif isinstance(row, Service):
        places = Location.objects.filter(at_services__service_id=row.pk)
    numbers = {found for each in phones.values_list("number", flat=True) if (found := phone_form(each))}
    streets = {
        f"{street}|{code}"
        for first, second, postal in Address.objects.filter(location__in=places).values_list(
            "address_1", "address_2", "postal_code"
        )
        if (street := street_form(first, second)[0]) and (code := zip_form(postal))
    }
    return sorted(numbers), sorted(streets)


def _name(row: Listed) -> str:
    return str(getattr(row, "name", ""))


def _entry(
    actor: Actor,
    asked: Asked,
    *,
    kind: str,
    row_id: UUID | None,
    name: str,
    phones: list[str],
    streets: list[str],
) -> UUID:
    on = asked.asked_on or today()
    if not asked.reason.strip():
        raise Refused(_("Say why."), field="reason")
    if not asked.asked_by.strip():
        raise Refused(_("Say who asked for it."), field="asked_by")
    if on > today():
        raise Refused(_("This day has not come yet."), field="asked_on")
    entry = DoNotList.objects.create(
        kind=kind,
        row_id=row_id,
        name=name,
        phones=phones,
        streets=streets,
        reason=asked.reason.strip()[:LONGEST],
        asked_by=asked.asked_by.strip()[:LONGEST],
        asked_on=on,
        made_by=actor.user_id,
        made_by_name=actor.name,
        made_at=now(),
    )
    _record(actor, "directory.do_not_list", entry)
    return entry.id


def _settle(rows: Iterable[tuple[str, UUID]]) -> None:
    by_kind: dict[str, list[UUID]] = {}
    for kind, row_id in rows:
        by_kind.setdefault(kind, []).append(row_id)
    for kind, ids in by_kind.items():
        settle_hidden(kind, ids)


def _record(actor: Actor, action: str, entry: DoNotList, **detail: str) -> None:
    subjects = [entry.row_id] if entry.row_id else []
    audit.record(action, actor=actor, subject_type="listing", subject_ids=subjects, **detail)
