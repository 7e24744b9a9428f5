"""From a need to a sent referral: draft, plan the handoff, check, send."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from waypost.consent.selectors import consent
from waypost.consent.services import hold
from waypost.directory.selectors import referral_target
from waypost.disclosure import gate
from waypost.disclosure.rules import Decision
from waypost.disclosure.rules.facts import MINOR_CONSENTED, OWN_REQUEST
from waypost.kernel import ids
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.turns import share_turn, take_turn
from waypost.people import selectors as people
from waypost.people import services as people_services
from waypost.referrals.basis import Basis, basis_for, snapshot, told_by
from waypost.referrals.choices import TELLS_NOTHING, Handoff, NextMove, Urgency
from waypost.referrals.machine import DRAFT, REQUESTED
from waypost.referrals.models import Referral
from waypost.referrals.services import rows
from waypost.referrals.services.ending import AGREEMENTS
from waypost.screening.selectors import need as need_of

PURPOSE = "care_coordination"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a referral is handed over, and when to ask the person."""

    handoff: str
    next_move: str
    check_back_on: date
    next_move_by: date | None = None
    person_knows: bool = False
    urgency: str = Urgency.ROUTINE.value
    words_to_recipient: str = ""


def draft(
    *, actor: Actor, person_id: UUID, need_id: UUID, service_id: UUID, parent_id: UUID | None = None
) -> UUID:
    """Start a referral from an own person's need to a service of the directory. Tells nobody anything."""
    if people.holder_of(person_id) != actor.organization:
        raise NotVisible
    need = need_of(actor, need_id)
    if need.person_id != person_id:
        raise NotVisible
    listing = referral_target(service_id)
    service_id = listing.id
    take_turn("draft", need_id, service_id)
    earlier = Referral.objects.filter(
        held_by_id=actor.organization, need_id=need_id, service_id=service_id, status=DRAFT
    ).first()
    if earlier is not None:
        return earlier.id
    row = Referral(
        held_by_id=actor.organization,
        topic=need.category,
        sensitivities=sorted(told_by(need.sensitivities, service_id)),
        reference=ids.reference("R", today()),
        person_id=person_id,
        need_id=need_id,
        category=need.category,
        service_id=service_id,
        service_name=listing.service_name,
        service_organization=listing.organization_name,
        recipient_id=recipient_of(actor, service_id),
        parent_id=parent_id,
        sender_name=actor.name,
        created_by_id=actor.user_id,
        created_at=now(),
        moved_at=now(),
    )
    row.save(force_insert=True)
    return row.id


def recipient_of(actor: Actor, service_id: UUID) -> UUID | None:
    """The participant that looks after this service's listing; None for one outside, and for ourselves."""
    claimed_by = referral_target(service_id).claimed_by
    return None if claimed_by == actor.organization else claimed_by


def plan_handoff(*, actor: Actor, referral_id: UUID, plan: Plan) -> None:
    """Keep how the referral is to be handed over; may be changed until it is sent."""
    row = _own_draft(actor, referral_id)
    _check_plan(plan, row)
    if plan.next_move == NextMove.THEY_CALL:
        people_services.check_way(actor=actor, person_id=row.person_id, way="call")
    row.handoff = Handoff(plan.handoff)
    row.next_move = NextMove(plan.next_move)
    row.next_move_by = plan.next_move_by
    row.check_back_on = plan.check_back_on
    row.person_knows = plan.person_knows
    row.urgency = Urgency(plan.urgency)
    row.words_to_recipient = rows.check_words(plan.words_to_recipient)
    row.save()


def _check_plan(plan: Plan, row: Referral) -> None:
    if plan.check_back_on < today():
        raise Refused(_("Checking back has to lie in the future."), field="check_back_on")
    if plan.next_move_by is not None and plan.next_move_by < today():
        raise Refused(_("The next move has to lie in the future."), field="next_move_by")
    if plan.handoff == Handoff.INBOX and row.recipient_id is None:
        raise Refused(
            _("%(name)s has no Waypost inbox. Choose another way.") % {"name": row.service_organization},
            field="handoff",
        )
    _wants_it(row, plan.handoff)


def _wants_it(row: Referral, handoff: str) -> None:
    """A service that wants no referrals gets none: a list to take along, or a call together."""
    if handoff in (Handoff.INBOX, Handoff.PHONE) and referral_target(row.service_id).how_to_reach == "none":
        raise Refused(
            _("%(name)s takes no referrals. Give a list to take along, or call together.")
            % {"name": row.service_organization},
            field="handoff",
        )


def discard_draft(*, actor: Actor, referral_id: UUID) -> None:
    """Throw away a referral that is not sent; one that was sent and taken back stays, as made by mistake."""
    row = _own_draft(actor, referral_id)
    if row.events.exists():
        rows.advance(actor, row, "mistake")
    else:
        row.delete()


def send(*, actor: Actor, referral_id: UUID, asked: bool = False) -> None:
    """Send it: decide once more, log what leaves, open access, move, announce. All in one transaction.

    ``asked``: the person is there and asks for exactly this. Only where nothing else permits it, it is the
    basis (45 CFR 164.510(b)(2)): kept with its time, for this once, and it opens nothing beyond what is told.
    """
    row = rows.locked(actor, referral_id)
    if row.held_by_id != actor.organization:
        raise NotVisible
    if row.status == REQUESTED:
        return  # sent already: a second press of the button changes nothing
    if row.status != DRAFT:
        raise Refused(_("This referral was sent before."))
    if not row.handoff or row.check_back_on is None:
        raise Refused(_("First say how it is handed over."))
    _wants_it(row, row.handoff)
    if row.handoff in TELLS_NOTHING:
        row.recipient_id, row.shared, row.topics, row.basis = None, {}, [], "nothing_shared"
        if asked and row.handoff == Handoff.TOGETHER:
            _say_it_for_them(actor, row)
    else:
        _disclose(actor, row, asked=asked)
    row.sent_at = now()
    rows.advance(actor, row, "send")
    if row.recipient_id is not None and row.basis != OWN_REQUEST:
        with connection.cursor() as cursor:
            cursor.execute("SELECT referrals_open_access(%s)", [row.id])


def _say_it_for_them(actor: Actor, row: Referral) -> None:
    """On a call made together the person asks us to speak: what is said then is accounted for."""
    hold(row.person_id)
    basis = basis_for(actor, row, asked=True)
    if not basis.decision.permit:
        raise Refused(_("This may not be told for them. They speak for themselves, or sign first."))
    row.topics = sorted(basis.topics)
    row.basis = basis.decision.basis
    row.consent_id = basis.decision.consent_id
    row.asked_at = now()
    _log(actor, row, basis)


def _asked_alone(actor: Actor, basis: Basis) -> bool:
    """Whether a young person agreed to it alone: then it is hidden from who stands in for them."""
    consent_id = basis.decision.consent_id
    return consent_id is not None and MINOR_CONSENTED in consent(actor, consent_id).covers_sensitivities


def _disclose(actor: Actor, row: Referral, *, asked: bool) -> None:
    hold(row.person_id)
    share_turn(AGREEMENTS, actor.organization)
    basis: Basis = basis_for(actor, row, asked=asked)
    if _asked_alone(actor, basis):
        row.sensitivities = sorted({*row.sensitivities, MINOR_CONSENTED})
        basis = basis_for(actor, row, asked=asked)
    decision: Decision = basis.decision
    if not decision.permit:
        raise Refused(
            _("This may not be shared now. Give a list to take along, or call together."), field="handoff"
        )
    if row.handoff == Handoff.PHONE:
        row.recipient_id = None
    row.topics = sorted(basis.topics)
    row.sensitivities = sorted(basis.sensitivities)
    row.basis = decision.basis
    row.consent_id = decision.consent_id
    row.may_reply = basis.may_reply
    row.sharing_until = decision.until
    row.asked_at = now() if decision.basis == OWN_REQUEST else None
    row.shared = snapshot(actor, row, basis)
    _log(actor, row, basis)


def _log(actor: Actor, row: Referral, basis: Basis) -> None:
    gate.log_disclosure(
        actor,
        row.person_id,
        basis.recipient,
        decision=basis.decision,
        topics=basis.topics,
        sensitivities=row.sensitivities,
        purpose=PURPOSE,
        source="referral",
        source_id=row.id,
    )


def _own_draft(actor: Actor, referral_id: UUID) -> Referral:
    row = rows.locked(actor, referral_id)
    if row.held_by_id != actor.organization:
        raise NotVisible
    if row.status != DRAFT:
        raise Refused(_("This referral is sent and cannot be changed any more."))
    return row
