"""Emergency access: opening by exact facts, ending, reviewing."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from waypost.disclosure import gate
from waypost.disclosure.rules import Ask, decide
from waypost.disclosure.rules.facts import EMERGENCY as PURPOSE
from waypost.guarding import machine
from waypost.guarding.models import Emergency, EmergencyReason
from waypost.guarding.models.emergency import FactKind
from waypost.guarding.rules.emergency import EmergencyPolicy, policy_on
from waypost.guarding.services.rows import move, own
from waypost.kernel import audit, events, lifecycle
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.ids import reference
from waypost.kernel.turns import take_turn
from waypost.network.roles import Action, may
from waypost.people.rules import digits, plain

LEAST_WORDS = 10
PHONE_DIGITS = 10
NAMES = 2
MOST_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Facts:
    """Exact facts about somebody: the number of a referral, or name and birth date, or a phone number."""

    reference: str = ""
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    phone: str = ""

    @property
    def kind(self) -> str:
        """By which of them one looks; '' where none is whole."""
        if self.reference.strip():
            return FactKind.REFERENCE
        if len(plain(f"{self.given_name} {self.family_name}").split()) >= NAMES and self.birth_date:
            return FactKind.NAME
        return FactKind.PHONE if len(digits(self.phone)) == PHONE_DIGITS else ""


def open_emergency(*, actor: Actor, facts: Facts, reason: str, words: str) -> UUID:
    """Open what an emergency needs of others' records about one person; returns the try, whatever came of it.

    A miss, and a hit that the rules do not let through, look alike. Refused where a fact or the reason is
    missing, or after too many tries. The privacy officers of both organizations are told in the same moment.
    """
    user_id = actor.user_id
    if not may(actor.role, Action.OPEN_EMERGENCY) or user_id is None:
        raise PermissionError("this role opens no emergency access")
    policy = policy_on(today())
    _check(facts, reason, words)
    _not_too_often(user_id, policy)
    moment = now()
    row = Emergency(
        reference=reference("E", today()),
        held_by_id=actor.organization,
        user_id=user_id,
        user_name=actor.name,
        user_role=actor.role,
        reason=EmergencyReason(reason),
        words=words.strip(),
        facts=facts.kind,
        opened_at=moment,
        until=moment + policy.lasts,
    )
    row.save(force_insert=True)
    holders = [holder for person, holder in _matches(row, facts) if _open(actor, row, policy, person, holder)]
    if holders:
        lifecycle.apply(machine.EMERGENCY, row, "open", side=machine.OPENER, given={})
    row.holder_ids = holders
    row.save(update_fields=["status", "status_before", "holder_ids"])
    audit.record(
        "emergency.try",
        actor=actor,
        subject_type="emergency",
        subject_ids=[row.id],
        facts=row.facts,
        reason=reason,
    )
    for organization in {actor.organization, *holders} if holders else ():
        _tell("emergency.opened", actor, row, organization)
    return row.id


def end_emergency(*, actor: Actor, emergency_id: UUID) -> None:
    """Close it before its hour is over. By its opener or whoever guards privacy there."""
    row = own(actor, Emergency, emergency_id)
    side = machine.OPENER if row.user_id == actor.user_id else machine.OFFICER
    if side == machine.OFFICER and not may(actor.role, Action.GUARD_PRIVACY):
        raise NotVisible
    move(machine.EMERGENCY, row, "end", side=side, given={})
    row.ended_at = min(now(), row.until)
    row.save(update_fields=["status", "status_before", "ended_at"])
    _close(row)
    audit.record("emergency.end", actor=actor, subject_type="emergency", subject_ids=[row.id])


def review_emergency(*, actor: Actor, emergency_id: UUID, justified: bool, words: str) -> None:
    """Say whether it was justified; ends it. Not by its opener, and always with words."""
    row = own(actor, Emergency, emergency_id)
    if not may(actor.role, Action.GUARD_PRIVACY):
        raise NotVisible
    if row.user_id == actor.user_id:
        raise Refused(_("You opened this yourself. Somebody else has to look at it."))
    if not words.strip():
        raise Refused(_("Say in a few words how you know."), field="words")
    announced = move(
        machine.EMERGENCY,
        row,
        "justify" if justified else "refuse",
        side=machine.OFFICER,
        given={"words": words},
    )
    row.ended_at = row.ended_at or min(now(), row.until)
    row.reviewed_at, row.reviewed_by, row.reviewed_by_name = now(), actor.user_id, actor.name
    row.review_words = words.strip()
    row.save(
        update_fields=[
            "status", "status_before", "ended_at",
            "reviewed_at", "reviewed_by", "reviewed_by_name", "review_words",
        ]
    )  # fmt: skip
    _close(row)
    audit.record(
        "emergency.review", actor=actor, subject_type="emergency", subject_ids=[row.id], justified=justified
    )
    events.emit(announced, actor=actor, emergency_id=row.id)


def _check(facts: Facts, reason: str, words: str) -> None:
    if not facts.kind:
        raise Refused(
            _("Give the number of a referral, or the whole name and birth date, or a whole phone number.")
        )
    if reason not in EmergencyReason.values:
        raise Refused(_("Say what is at stake."), field="reason")
    if len(words.strip()) < LEAST_WORDS:
        raise Refused(_("Say in words what happened."), field="words")


def _not_too_often(user_id: UUID, policy: EmergencyPolicy) -> None:
    take_turn("emergency", user_id)
    recent = Emergency.objects.filter(user_id=user_id, opened_at__gt=now() - timedelta(hours=1)).count()
    if recent >= policy.tries_an_hour:
        raise Refused(
            _("You have tried too often in the last hour. Call the organization, or your privacy officer.")
        )


def _matches(row: Emergency, facts: Facts) -> list[tuple[UUID, UUID]]:
    """Person and holder of every record that the facts mean, by a function that checks and notes the try."""
    names = plain(f"{facts.given_name} {facts.family_name}").split()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, holder_id FROM guarding_match_emergency(%s, %s, %s::text[], %s::date, %s)",
            [
                row.id,
                facts.reference.strip().upper() if row.facts == FactKind.REFERENCE else "",
                names if row.facts == FactKind.NAME else [],
                facts.birth_date if row.facts == FactKind.NAME else None,
                digits(facts.phone) if row.facts == FactKind.PHONE else "",
            ],
        )
        found: list[tuple[UUID, UUID]] = cursor.fetchall()
    return found if len(found) <= MOST_AT_ONCE else []


def _open(actor: Actor, row: Emergency, policy: EmergencyPolicy, person_id: UUID, holder_id: UUID) -> bool:
    """Ask the gate's rules, for exactly what is opened; write the access only on a yes."""
    ours, theirs = gate.party(actor.organization), gate.party(holder_id)
    ask = Ask(
        discloser=theirs,
        recipient=ours,
        topics=policy.topics(row.reason),
        sensitivities=policy.covers(ours.legal_status),
        purpose=PURPOSE,
        at=now(),
        emergency=row.words,
    )
    decision = decide(ask, [], [])
    if not decision.permit:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT guarding_open_emergency(%s, %s, %s::text[], %s::text[], %s::text[])",
            [row.id, person_id, sorted(ask.topics), sorted(ask.sensitivities), list(decision.rules)],
        )
    return True


def _close(row: Emergency) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT guarding_close_emergency(%s)", [row.id])


def _tell(event: str, actor: Actor, row: Emergency, organization_id: UUID) -> None:
    events.emit(
        event,
        actor=actor,
        to_organization=organization_id,
        subject_id=row.id,
        reference=row.reference,
        url=f"/privacy/emergencies/{row.id}/",
    )
