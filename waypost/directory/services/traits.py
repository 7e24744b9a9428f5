"""By what listings are recognised: read from their tables in bulk, brought into one form, kept as keys."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from math import floor
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from waypost.directory.choices import FactOf
from waypost.directory.models import Trait, TraitKey
from waypost.directory.rules.alike import Signals
from waypost.directory.rules.names import (
    name_form,
    phone_form,
    sounds,
    street_form,
    tax_form,
    web_form,
    zip_form,
)

LONGEST = 300  # letters of a name or a key: what goes on longer is no name, and no index holds it
BATCH = 2000
BOX = 0.01  # degrees, about a kilometre; laid twice, so that neighbours share one
MOST = 12  # of each sort, of one listing

_ORGANIZATION = """
SELECT o.id, o.source, o.name, o.alternate_name, '', '', ARRAY[o.tax_id] || ARRAY(
         SELECT i.identifier FROM directory_organizationidentifier i WHERE i.organization_id = o.id
            AND concat(i.identifier_type, i.identifier_scheme) ~* '\\m(ein|tax|irs|us-ein)\\M'),
       ARRAY(SELECT p.number FROM directory_phone p WHERE p.organization_id = o.id
              UNION ALL SELECT p.number FROM directory_location l
                JOIN directory_phone p ON p.location_id = l.id
              WHERE l.organization_id = o.id
                AND (%(secret)s OR NOT l.confidential AND NOT o.is_victim_service)
              UNION ALL SELECT p.number FROM directory_service s JOIN directory_phone p ON p.service_id = s.id
              WHERE s.organization_id = o.id ORDER BY 1 LIMIT 12),
       ARRAY[o.website] || ARRAY(SELECT u.url FROM directory_url u WHERE u.organization_id = o.id),
       '', ARRAY[]::text[], o.is_victim_service,
       ARRAY(SELECT l.id FROM directory_location l WHERE l.organization_id = o.id ORDER BY 1 LIMIT 12), o.id
  FROM directory_organization o WHERE o.id = ANY(%(ids)s) AND (%(secret)s OR o.hidden_why = '')"""
_SERVICE = """
SELECT s.id, s.source, s.name, s.alternate_name, o.id::text, o.name, ARRAY[]::text[],
       ARRAY(SELECT p.number FROM directory_phone p WHERE p.service_id = s.id OR p.organization_id = o.id
              UNION ALL SELECT p.number FROM directory_serviceatlocation j
                JOIN directory_phone p ON p.location_id = j.location_id OR p.service_at_location_id = j.id
              WHERE j.service_id = s.id AND (%(secret)s OR NOT o.is_victim_service) ORDER BY 1 LIMIT 12),
       ARRAY[s.url, o.website], coalesce(g.name, ''), s.need_categories::text[], o.is_victim_service,
       CASE WHEN EXISTS (SELECT 1 FROM directory_serviceatlocation j WHERE j.service_id = s.id)
         THEN ARRAY(SELECT j.location_id FROM directory_serviceatlocation j
                     WHERE j.service_id = s.id ORDER BY 1 LIMIT 12)
         ELSE ARRAY(SELECT l.id FROM directory_location l
                     WHERE l.organization_id = o.id ORDER BY 1 LIMIT 12) END, NULL::uuid
  FROM directory_service s JOIN directory_organization o ON o.id = s.organization_id
  LEFT JOIN directory_program g ON g.id = s.program_id
 WHERE s.id = ANY(%(ids)s) AND (%(secret)s OR s.hidden_why = '' AND o.hidden_why = '')"""
_LOCATION = """
SELECT l.id, l.source, coalesce(nullif(l.name, ''), o.name, ''), l.alternate_name, coalesce(o.id::text, ''),
       coalesce(o.name, ''), ARRAY[]::text[],
       ARRAY(SELECT p.number FROM directory_phone p WHERE p.location_id = l.id ORDER BY 1 LIMIT 12),
       ARRAY[l.url], '', ARRAY[]::text[], false, ARRAY[l.id], NULL::uuid
  FROM directory_location l LEFT JOIN directory_organization o ON o.id = l.organization_id
 WHERE l.id = ANY(%(ids)s) AND (%(secret)s OR l.hidden_why = '' AND NOT l.confidential
   AND NOT coalesce(o.is_victim_service, false) AND coalesce(o.hidden_why, '') = '')"""
_SOURCES = {FactOf.ORGANIZATION: _ORGANIZATION, FactOf.SERVICE: _SERVICE, FactOf.LOCATION: _LOCATION}
_PLACES = """
SELECT l.id, CASE WHEN l.coordinates_status = 'given' THEN l.latitude END,
       CASE WHEN l.coordinates_status = 'given' THEN l.longitude END,
       coalesce(d.address_1, ''), coalesce(d.address_2, ''), coalesce(d.postal_code, '')
  FROM directory_location l
  LEFT JOIN directory_address d ON d.location_id = l.id AND d.address_type <> 'postal'
 WHERE l.id = ANY(%(ids)s) AND (%(secret)s OR NOT l.confidential AND l.hidden_why = '')"""
_POSTAL = """
SELECT d.organization_id, d.address_1, d.address_2, d.postal_code FROM directory_address d
 WHERE d.organization_id = ANY(%(ids)s)"""


def make_traits(kind: str, ids: Sequence[UUID]) -> list[UUID]:
    """Read these listings anew; the ids of those that are recognised by other things than before.

    What is hidden or gone has no traits.
    """
    changed: list[UUID] = []
    for start in range(0, len(ids), BATCH):
        changed += _some(FactOf(kind), list(ids[start : start + BATCH]))
    return changed


def as_signals(held: dict[str, Any]) -> Signals:
    """The signals as they were kept."""
    lists = {key: tuple(value) for key, value in held.items() if isinstance(value, list)}
    pairs = {key: tuple(tuple(each) for each in held[key]) for key in ("addresses", "points")}
    return Signals(**(held | lists | pairs))


def whole_signals(kind: str, ids: Sequence[UUID]) -> dict[UUID, Signals]:
    """By what these listings are recognised, secrets included: to be compared, never to be kept."""
    return {
        row_id: as_signals(signals)
        for start in range(0, len(ids), BATCH)
        for row_id, _source, signals in _read(FactOf(kind), list(ids[start : start + BATCH]), secret=True)
    }


def _some(kind: FactOf, ids: list[UUID]) -> list[UUID]:
    with transaction.atomic():
        earlier = dict(Trait.objects.filter(kind=kind, row_id__in=ids).values_list("row_id", "fingerprint"))
        made = [_trait(kind, row_id, source, signals) for row_id, source, signals in _read(kind, ids)]
        changed = [each for each in made if earlier.get(each.row_id) != each.fingerprint]
        there = {each.row_id for each in made}
        stale = [each for each in earlier if each not in there] + [each.row_id for each in changed]
        Trait.objects.filter(kind=kind, row_id__in=stale).delete()
        TraitKey.objects.filter(kind=kind, row_id__in=stale).delete()
        Trait.objects.bulk_create(changed, batch_size=BATCH)
        keys = [
            TraitKey(kind=kind, row_id=each.row_id, key=key)
            for each in changed
            for key in sorted(set(keys_of(as_signals(each.signals))))
        ]
        TraitKey.objects.bulk_create(keys, batch_size=BATCH)
    return [each for each in stale]


def _trait(kind: FactOf, row_id: UUID, source: str, signals: dict[str, Any]) -> Trait:
    body = json.dumps(signals, sort_keys=True)
    fingerprint = hashlib.sha256(body.encode("utf-8", "backslashreplace")).hexdigest()
    return Trait(kind=kind, row_id=row_id, source=source, signals=signals, fingerprint=fingerprint)


def _read(
    kind: FactOf, ids: list[UUID], *, secret: bool = False
) -> Iterator[tuple[UUID, str, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(_SOURCES[kind], {"ids": ids, "secret": secret})
        rows = cursor.fetchall()
        places: dict[UUID, list[tuple[Any, ...]]] = {}
        asked = [place for row in rows if secret or not row[11] for place in row[12]]
        cursor.execute(_PLACES, {"ids": asked, "secret": secret})
        for place, *rest in cursor.fetchall():
            places.setdefault(place, []).append(tuple(rest))
        postal: dict[UUID, list[tuple[Any, ...]]] = {}
        cursor.execute(_POSTAL, {"ids": [row[13] for row in rows if row[13] and (secret or not row[11])]})
        for organization, *rest in cursor.fetchall():
            postal.setdefault(organization, []).append((None, None, *rest))
    for row in rows:
        at = [line for place in row[12] for line in places.get(place, [])] + postal.get(row[13], [])
        yield row[0], row[1], _signals(row, at)


def _signals(row: tuple[Any, ...], at: list[tuple[Any, ...]]) -> dict[str, Any]:
    _id, _source, name, other, organization_id, organization, tax, phones, links, program, needs, *_rest = row
    addresses = {
        (*street_form(first, second), code)
        for _lat, _lon, first, second, given in at
        if (code := zip_form(given)) and street_form(first, second)[0]
    }
    return {
        "name": name[:LONGEST],
        "other_names": [other[:LONGEST]] if other else [],
        "organization_id": organization_id,
        "organization": organization[:LONGEST],
        "phones": _forms(phone_form, phones),
        "links": _forms(web_form, links),
        "addresses": [list(each) for each in sorted(addresses)[:MOST]],
        "zips": sorted({code for *_rest, given in at if (code := zip_form(given))})[:MOST],
        "points": [list(each) for each in sorted({(a, b) for a, b, *_more in at if a is not None})[:MOST]],
        "tax_ids": _forms(tax_form, tax),
        "program": program[:LONGEST],
        "needs": sorted(needs),
    }


def _forms(form: Any, given: Sequence[str]) -> list[str]:
    return sorted({found for each in given if each and (found := form(each))})[:MOST]


def keys_of(signals: Signals) -> Iterator[str]:
    """What this listing may have in common with another. Words count within the first three of the ZIP."""
    return (each[:LONGEST] for each in _keys(signals))


def _keys(signals: Signals) -> Iterator[str]:
    yield from signals.phones
    yield from signals.links
    yield from (f"ein:{each}" for each in signals.tax_ids)
    yield from (f"at:{street}|{code}" for street, _unit, code in signals.addresses)
    for latitude, longitude in signals.points:
        for shift in (0.0, 0.5):
            for aside in (0.0, 0.5):
                yield f"box:{shift}{aside}:{floor(latitude / BOX + shift)}:{floor(longitude / BOX + aside)}"
    names = [signals.name, *signals.other_names, signals.organization]
    for area in {code[:3] for code in signals.zips} or {"?"}:
        yield from (f"in:{area}:{name_form(each)}" for each in names if name_form(each))
        yield from (f"in:{area}:~{sound}" for each in names for sound in sounds(each))
