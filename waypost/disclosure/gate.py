"""The gate: nobody sees a person by accident, and everybody sees why."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings

from waypost.consent.cards import ConsentCard
from waypost.consent.selectors import consents
from waypost.disclosure.carried import scope_of
from waypost.disclosure.law_here import law_here
from waypost.disclosure.models import Disclosure
from waypost.disclosure.rules import (
    CARE_COORDINATION,
    Agreed,
    Ask,
    Basis,
    Decision,
    Direction,
    Party,
    Reason,
    Said,
    decide,
)
from waypost.disclosure.rules.facts import EMERGENCY
from waypost.disclosure.selectors import only_by_emergency
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import day_after, now, today
from waypost.kernel.grants import Grant
from waypost.network.selectors import agreements_between, organization
from waypost.people import selectors as people


def open_record(actor: Actor, person_id: UUID, *, purpose: str = CARE_COORDINATION) -> Grant:
    """Leave to read one person, own or shared with us; logged. Raises NotVisible (a page answers 404)."""
    if people.holder_of(person_id) != actor.organization_id and only_by_emergency(actor, person_id):
        purpose = EMERGENCY
    return scope(actor, [person_id], purpose=purpose)


def scope(actor: Actor, person_ids: Iterable[UUID], *, purpose: str = CARE_COORDINATION) -> Grant:
    """Leave to read many people at once, with one line in the log for all of them."""
    ids = frozenset(person_ids)
    if ids:
        audit.record(
            "people.look", actor=actor, subject_type="person", subject_ids=sorted(ids), purpose=purpose
        )
    return Grant(actor_id=actor.user_id, organization_id=actor.organization, purpose=purpose, person_ids=ids)


def party(organization_id: UUID | None, name: str = "", *, victim_service: bool = False) -> Party:
    """An organization as the rules see it; one outside the network has no status but what is known of it."""
    if organization_id is None:
        return Party(id=None, name=name, legal_status="victim_service" if victim_service else "none")
    card = organization(organization_id)
    return Party(id=card.id, name=card.name, legal_status=card.legal_status)


def may_tell(
    actor: Actor,
    person_id: UUID,
    recipient: Party,
    *,
    topics: Iterable[str],
    sensitivities: Iterable[str] = (),
    purpose: str = CARE_COORDINATION,
    present_and_asks: bool = False,
) -> Decision:
    """May the acting organization tell this recipient about an own person? Decides, and writes nothing.

    ``present_and_asks``: the person is there and asks for exactly this (45 CFR 164.510(b)(2)(i)).
    """
    ask = Ask(
        discloser=party(actor.organization),
        recipient=recipient,
        topics=frozenset(topics),
        sensitivities=frozenset(sensitivities),
        purpose=purpose,
        at=now(),
        present_and_asks=present_and_asks,
        where=settings.JURISDICTION,
    )
    return _decided(actor, person_id, ask, recipient)


def may_tell_us(
    actor: Actor,
    person_id: UUID,
    other: Party,
    *,
    topics: Iterable[str],
    sensitivities: Iterable[str] = (),
    purpose: str = CARE_COORDINATION,
) -> Decision:
    """May this other organization tell us back about our own person? By what the person said to us."""
    ask = Ask(
        discloser=other,
        recipient=party(actor.organization),
        topics=frozenset(topics),
        sensitivities=frozenset(sensitivities),
        purpose=purpose,
        at=now(),
        direction=Direction.REPORT_BACK,
        where=settings.JURISDICTION,
    )
    return _decided(actor, person_id, ask, other)


def _decided(actor: Actor, person_id: UUID, ask: Ask, other: Party) -> Decision:
    agreements = (
        [
            Agreed(each.id, each.kind, each.purposes, day_after(each.valid_to))
            for each in agreements_between(actor.organization, other.id, on=today())
        ]
        if other.id is not None
        else []
    )
    return decide(
        ask,
        [_said(each) for each in consents(actor, person_id) if each.status != "sent_back"],
        agreements,
        law_here(),
    )


def log_disclosure(
    actor: Actor,
    person_id: UUID,
    recipient: Party,
    *,
    decision: Decision,
    topics: Iterable[str],
    sensitivities: Iterable[str],
    purpose: str,
    source: str,
    source_id: UUID,
    scope: Mapping[str, Any] | None = None,
) -> None:
    """Write down that something left. A disclosure that was not permitted is an error of the caller.

    ``scope``: that of the consent behind it, where it is somebody else's; read from one's own consent else.
    """
    if not decision.permit:
        raise PermissionError("a disclosure needs a decision that permits it")
    row = Disclosure(
        held_by_id=actor.organization,
        person_id=person_id,
        recipient_id=recipient.id,
        recipient_name=recipient.name,
        topics=sorted(topics),
        sensitivities=sorted(sensitivities),
        purpose=purpose,
        basis=decision.basis,
        reasons=[each.code for each in decision.reasons],
        carries=list(decision.carries),
        scope=dict(scope) if scope is not None else scope_of(actor, decision.consent_id),
        consent_id=decision.consent_id,
        source=source,
        source_id=source_id,
        at=now(),
        actor_name=actor.name,
    )
    Disclosure.objects.bulk_create([row])
    audit.record(
        "people.disclose",
        actor=actor,
        subject_type="person",
        subject_ids=[person_id],
        recipient=recipient.id,
        basis=decision.basis,
        source=source_id,
    )


def log_answer(
    actor: Actor,
    person_id: UUID,
    other: Party,
    *,
    basis: str,
    consent_id: UUID | None,
    topics: Iterable[str],
    sensitivities: Iterable[str],
    source: str,
    source_id: UUID,
    carries: Iterable[str] = (),
    scope: Mapping[str, Any] | None = None,
) -> None:
    """Write down what was told later about a referral: an answer, a report, a message, each way.

    Each direction is a disclosure of its own; that it may be made was decided when the referral was sent.
    """
    decision = Decision(
        True, Basis(basis), (Reason("agreed"),), consent_id=consent_id, carries=tuple(carries)
    )
    log_disclosure(
        actor,
        person_id,
        other,
        decision=decision,
        topics=topics,
        sensitivities=sensitivities,
        purpose=CARE_COORDINATION,
        source=source,
        source_id=source_id,
        scope=dict(scope or {}),
    )


def _said(card: ConsentCard) -> Said:
    """As the rules see it; ``serves`` is what the form was found good for, nothing while a paper waits."""
    return Said(
        id=card.id,
        agreed=card.agreed,
        discloser_ids=card.discloser_ids,
        any_partner=card.recipient_class == "partners",
        recipient_ids=card.recipient_ids,
        topics=card.topics,
        covers_sensitivities=card.covers_sensitivities,
        purposes=card.purposes,
        starts_at=card.starts_at,
        ends_at=card.ends_at,
        revoked_at=card.revoked_at,
        serves=card.serves,
        reply=card.reply,
        blocked_workers=card.worker_ids,
        block=card.blocks,
        only_back=card.only_back,
    )
