"""Keeping shelters hidden: addresses held back after an import, and marking victim services."""

import json
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from waypost.directory.models import Location, Organization, SafetyDecision, SafetyHold, ServiceAtLocation
from waypost.directory.rules.safety import SafetyWords, speaks_of_a_shelter
from waypost.directory.services.private import (
    forget_copies,
    forget_words,
    hide_places,
    hold_back_private,
    marked_private,
    show_places,
)
from waypost.directory.vocabulary import DATA
from waypost.kernel import audit
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.roles import Action, may

# Every word of the list holds one of these beginnings; PostgreSQL looks for them, Python for the words.
_HINTS = (
    "violen|abuse|batter|assault|rape|traffick|stalking|shelter|confidential|undisclosed|disclosed"
    "|agresi|trata|maltrat|refugio|albergue|confidencial"
)
_LOOKED_AT = """
SELECT s.id, s.organization_id, s.name, s.alternate_name, o.name, o.alternate_name, s.description,
       coalesce((SELECT array_agg(concat_ws(' ', t.name, CASE WHEN t.id IS NULL THEN a.value END))
          FROM directory_attribute a LEFT JOIN directory_taxonomyterm t ON t.id = a.taxonomy_term_id
         WHERE a.link_id = s.id), '{}')
  FROM directory_service s JOIN directory_organization o ON o.id = s.organization_id
 WHERE NOT o.is_victim_service
   AND NOT EXISTS (SELECT 1 FROM directory_safetyhold h
                    WHERE h.organization_id = o.id AND h.decision = 'show')
   AND ((s.source = %(source)s AND s.imported_at = %(at)s AND (
          concat_ws(' ', s.name, s.alternate_name, o.name, o.alternate_name, s.description) ~* %(hints)s
          OR EXISTS (SELECT 1 FROM directory_attribute a
               JOIN directory_taxonomyterm t ON t.id = a.taxonomy_term_id
              WHERE a.link_id = s.id AND t.name ~* %(hints)s)))
     OR EXISTS (SELECT 1 FROM directory_safetyhold h WHERE h.organization_id = o.id))
"""
_PLACES = """
SELECT l.id FROM directory_location l
 WHERE NOT l.confidential AND (
   EXISTS (SELECT 1 FROM directory_serviceatlocation j
            WHERE j.location_id = l.id AND j.service_id = ANY(%(services)s))
   OR (l.organization_id = %(organization)s AND (%(all)s OR EXISTS (
         SELECT 1 FROM unnest(%(services)s::uuid[]) s (id) WHERE NOT EXISTS (
           SELECT 1 FROM directory_serviceatlocation j WHERE j.service_id = s.id)))))
"""


@cache
def safety_words() -> SafetyWords:
    """Our own list, English and Spanish."""
    body = json.loads((DATA / "safety_words.json").read_text(encoding="utf-8"))
    return SafetyWords(**{kind: (*words["en"], *words["es"]) for kind, words in body.items()})


def hold_back_shelters(*, source: str, at: datetime) -> int:
    """After an import: make confidential what speaks of a shelter for victims, until a human has looked.

    ``at`` is the import's ``imported_at``: rows that did not change are not read again. Nothing is ever shown
    by this; returns how many organizations wait that did not wait before.
    """
    found: dict[UUID, dict[UUID, tuple[str, ...]]] = {}
    whole: set[UUID] = set()
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED_AT, {"source": source, "at": at, "hints": _HINTS})
        for service, organization, name, other, owner, other_owner, description, terms in cursor.fetchall():
            said = speaks_of_a_shelter(
                safety_words(), names=(name, other, owner, other_owner), terms=terms, description=description
            )
            if said:
                found.setdefault(organization, {})[service] = said
            if speaks_of_a_shelter(safety_words(), names=(owner, other_owner), terms=(), description=""):
                whole.add(organization)
    waiting = sum(
        _hold(organization, services, organization in whole) for organization, services in found.items()
    )
    hold_back_private(source=source, at=at)
    return waiting


def _hold(organization_id: UUID, services: dict[UUID, tuple[str, ...]], whole: bool) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"services": list(services), "organization": organization_id, "all": whole})
        places = [row[0] for row in cursor.fetchall()]
    Location.objects.filter(pk__in=places).update(confidential=True)
    forget_copies(set(places))
    row, made = SafetyHold.objects.get_or_create(organization_id=organization_id)
    said = dict.fromkeys((*row.words, *(word for each in services.values() for word in each)))
    row.words, row.location_ids = list(said), [*row.location_ids, *places]
    row.save(update_fields=["words", "location_ids"])
    return int(made)


def decide_safety(*, actor: Actor, organization_id: UUID, decision: str) -> None:
    """A human looked: it serves victims, its address stays private, or it is no shelter and is shown."""
    _keeps_directory(actor)
    row = SafetyHold.objects.select_for_update().filter(organization_id=organization_id).first()
    if row is None:
        raise NotVisible
    if decision not in SafetyDecision.values:
        raise Refused(_("Choose what it is."), field="decision")
    row.decision, row.decided_at, row.decided_by = decision, now(), actor.name
    row.save(update_fields=["decision", "decided_at", "decided_by"])
    if decision == SafetyDecision.SHOW:
        held = Location.objects.filter(pk__in=row.location_ids).exclude(_of_another_shelter(row))
        held.exclude(pk__in=marked_private()).update(confidential=False)
        _mark(organization_id, False)
    else:
        _mark(organization_id, decision == SafetyDecision.VICTIM_SERVICE)
    _record("directory.safety_decided", actor, organization_id, decision=decision)


def _of_another_shelter(hold: SafetyHold) -> Q:
    """Places that it shares with an organization of which nobody has said that it is no shelter."""
    shelters = Organization.objects.exclude(pk=hold.organization_id).filter(
        Q(is_victim_service=True)
        | Q(pk__in=SafetyHold.objects.exclude(decision=SafetyDecision.SHOW).values("organization_id"))
    )
    at = ServiceAtLocation.objects.filter(service__organization__in=shelters.values("pk"))
    return Q(organization__in=shelters.values("pk")) | Q(pk__in=at.values("location_id"))


def mark_victim_service(*, actor: Actor, organization_id: UUID, serves_victims: bool) -> None:
    """Say that this organization serves victims of violence, or that it does not.

    Its listing then tells its name, kind and hotline and nothing else, at once and in every import to come.
    Taking the mark away leaves places confidential that are so by themselves.
    """
    _keeps_directory(actor)
    if not Organization.objects.filter(pk=organization_id).exists():
        raise NotVisible
    _mark(organization_id, serves_victims)
    if serves_victims:
        SafetyHold.objects.filter(organization_id=organization_id, decision="").update(
            decision=SafetyDecision.VICTIM_SERVICE, decided_at=now(), decided_by=actor.name
        )
    _record("directory.victim_service", actor, organization_id, serves_victims=serves_victims)


def set_confidential(*, actor: Actor, location_id: UUID, confidential: bool) -> None:
    """Keep a place private, or show it (again)."""
    _keeps_directory(actor)
    row = Location.objects.select_for_update().filter(pk=location_id).first()
    if row is None:
        raise NotVisible
    if confidential:
        hide_places(actor, [row.id])
    else:
        show_places([row.id])
    _record("directory.confidential", actor, location_id, confidential=confidential)


def _mark(organization_id: UUID, serves_victims: bool) -> None:
    Organization.objects.filter(pk=organization_id).update(is_victim_service=serves_victims)
    if serves_victims:
        _forget_words(organization_id)


def _forget_words(organization_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT concat_ws(' ', s.name, s.alternate_name, o.name, o.alternate_name, s.description)"
            " FROM directory_service s JOIN directory_organization o ON o.id = s.organization_id"
            " WHERE o.id = %s",
            [organization_id],
        )
        texts = [text for (text,) in cursor.fetchall()]
    forget_words(texts, of={organization_id})


def _keeps_directory(actor: Actor) -> None:
    if actor != SYSTEM and not may(actor.role, Action.KEEP_DIRECTORY):
        raise Refused(_("Only the network's staff can do this."))


def _record(action: str, actor: Actor, subject: UUID, **detail: str | bool) -> None:
    audit.record(action, actor=actor, subject_type="listing", subject_ids=[subject], **detail)
