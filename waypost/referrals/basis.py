"""On what basis a referral may be sent, and what exactly it tells."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from waypost.directory.cards import TargetCard
from waypost.directory.selectors import referral_target
from waypost.disclosure import gate
from waypost.disclosure.carried import scope_of
from waypost.disclosure.rules import CARE_COORDINATION, Decision, Party
from waypost.disclosure.rules.facts import MINOR_CONSENTED, OWN_REQUEST
from waypost.kernel.actors import Actor
from waypost.people import selectors as people
from waypost.people.words import instructions
from waypost.referrals.models import Referral
from waypost.referrals.rules import inherited


@dataclass(frozen=True, slots=True)
class Basis:
    """The decision for one referral, with whom it was made for and what would be told."""

    decision: Decision
    recipient: Party
    topics: frozenset[str]
    back: Decision
    sensitivities: frozenset[str]

    @property
    def may_reply(self) -> bool:
        """Whether the service may tell how it went: a disclosure of its own, with its own answer."""
        return self.decision.permit and not self.by_request and self.back.permit

    @property
    def by_request(self) -> bool:
        """Whether nothing else permits it but that the person is there and asks, for this once."""
        return self.decision.basis == OWN_REQUEST


def topics_of(category: str) -> frozenset[str]:
    """What a referral tells: who, how to reach them, and the need (the minimum that serves)."""
    return frozenset({"identity", "contact", category})


def basis_for_service(
    actor: Actor,
    person_id: UUID,
    *,
    category: str,
    sensitivities: Iterable[str],
    service_id: UUID,
    asked: bool = False,
) -> Basis:
    """May this person be referred to this service, and may the service report back?

    ``asked``: the person is there and asks for exactly this, which says nothing about an answer.
    """
    listing = referral_target(service_id)
    recipient = _recipient(listing)
    topics = topics_of(category)
    told = inherited(sensitivities, listing.tells_of, recipient.legal_status)
    decision = gate.may_tell(
        actor,
        person_id,
        recipient,
        topics=topics,
        sensitivities=told,
        purpose=CARE_COORDINATION,
        present_and_asks=asked,
    )
    return Basis(
        decision=decision,
        recipient=recipient,
        topics=topics,
        back=gate.may_tell_us(actor, person_id, recipient, topics=topics, sensitivities=told),
        sensitivities=told,
    )


def told_by(of_needs: Iterable[str], service_id: UUID) -> frozenset[str]:
    """The sensitive matters that a referral of these needs to this service tells of."""
    listing = referral_target(service_id)
    return inherited(of_needs, listing.tells_of, _recipient(listing).legal_status)


def _recipient(listing: TargetCard) -> Party:
    """The organization behind a listing; a victim service stays one, whoever claimed it."""
    party = gate.party(
        listing.claimed_by, listing.organization_name, victim_service=listing.is_victim_service
    )
    return replace(party, legal_status="victim_service") if listing.is_victim_service else party


def basis_for(actor: Actor, row: Referral, *, asked: bool = False) -> Basis:
    """The same, for a referral in hand."""
    return basis_for_service(
        actor,
        row.person_id,
        category=row.category,
        sensitivities=row.sensitivities,
        service_id=row.service_id,
        asked=asked,
    )


def snapshot(actor: Actor, row: Referral, basis: Basis) -> dict[str, Any]:
    """What the recipient is told, with what the law wants to go with it; kept as it was on that day."""
    grant = gate.scope(actor, [row.person_id], purpose="referral")
    person = people.person(actor, grant, row.person_id)
    phone = person.phone_to_tell(alone=MINOR_CONSENTED in row.sensitivities)
    return {
        "name": person.name,
        "first": person.first,
        "initials": person.initials,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "pronouns": person.pronouns,
        "age": person.age,
        "language": person.language,
        "interpreter_needed": person.interpreter_needed,
        "household_size": person.household_size,
        "phone": phone.value if phone else "",
        "may_call": phone.may_call if phone else True,
        "may_text": bool(phone and phone.may_text),
        "may_leave_message": bool(phone and phone.may_leave_message),
        "contact_note": instructions(phone) if phone else "",
        "postal_code": person.postal_code,
        **_carried(actor, basis.decision),
        **({"back": _carried(actor, basis.back)} if basis.may_reply else {}),
    }


def _carried(actor: Actor, decision: Decision) -> dict[str, Any]:
    """What travels with it, and what the consent behind it covers; nothing where no rule wants any."""
    if not decision.carries:
        return {}
    return {"carries": list(decision.carries), "scope": scope_of(actor, decision.consent_id)}
