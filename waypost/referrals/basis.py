"""On what basis a referral may be sent, and what exactly it tells."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from waypost.consent.selectors import consents
from waypost.directory.cards import TargetCard
from waypost.directory.selectors import referral_target
from waypost.disclosure import gate
from waypost.disclosure.rules import CARE_COORDINATION, Decision, Party
from waypost.kernel.actors import Actor
from waypost.people import selectors as people
from waypost.referrals.models import Referral
from waypost.referrals.rules import inherited


@dataclass(frozen=True, slots=True)
class Basis:
    """The decision for one referral, with whom it was made for and what would be told."""

    decision: Decision
    recipient: Party
    topics: frozenset[str]
    may_reply: bool
    sensitivities: frozenset[str]


def topics_of(category: str) -> frozenset[str]:
    """What a referral tells: who, how to reach them, and the need (the minimum that serves)."""
    return frozenset({"identity", "contact", category})


def basis_for_service(
    actor: Actor, person_id: UUID, *, category: str, sensitivities: Iterable[str], service_id: UUID
) -> Basis:
    """May this person be referred to this service, and may the service report back?"""
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
    )
    return Basis(
        decision=decision,
        recipient=recipient,
        topics=topics,
        may_reply=decision.permit and _may_reply(actor, person_id, recipient, decision),
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


def basis_for(actor: Actor, row: Referral) -> Basis:
    """The same, for a referral in hand."""
    return basis_for_service(
        actor,
        row.person_id,
        category=row.category,
        sensitivities=row.sensitivities,
        service_id=row.service_id,
    )


def _may_reply(actor: Actor, person_id: UUID, recipient: Party, decision: Decision) -> bool:
    """The way back is a disclosure of its own. A Part 2 program that answers verifies a patient:
    only a written consent that names it as discloser lets it (42 CFR § 2.31(a)(2))."""
    if recipient.legal_status == "part2_program":
        return any(
            each.agreed
            and each.captured == "written"
            and recipient.id in each.discloser_ids
            and each.id == decision.consent_id
            for each in consents(actor, person_id)
        )
    if decision.consent_id is None:
        return True
    return next((each.reply for each in consents(actor, person_id) if each.id == decision.consent_id), False)


def snapshot(actor: Actor, row: Referral) -> dict[str, Any]:
    """What the recipient is told; kept with the referral as it was on that day."""
    grant = gate.scope(actor, [row.person_id], purpose="referral")
    person = people.person(actor, grant, row.person_id)
    phone = next((each for each in person.contacts if each.kind == "phone"), None)
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
        "may_text": bool(phone and phone.may_text),
        "may_leave_message": bool(phone and phone.may_leave_message),
        "contact_note": phone.note if phone else "",
        "postal_code": person.postal_code,
    }
