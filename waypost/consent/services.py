"""Recording what a person said about sharing, and taking it back."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.consent.models import Captured, Consent, Decision, RecipientClass, Status
from waypost.kernel import audit, events
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.turns import take_turn

TOPIC = "plan"
ALWAYS_TOLD = {"identity", "contact"}  # who and how to reach them: told with any need, alone of no use
CARE_COORDINATION = "care_coordination"
WORDS_LIMIT = 20_000


def record_agreement(
    *,
    actor: Actor,
    person_id: UUID,
    topics: Iterable[str],
    recipient_class: str = RecipientClass.PARTNERS,
    recipient_ids: Iterable[UUID] = (),
    covers_sensitivities: Iterable[str] = (),
    purposes: Iterable[str] = (CARE_COORDINATION,),
    reply: bool = True,
    discloser_ids: Iterable[UUID] = (),
    captured: str = Captured.SPOKEN,
    ends_at: datetime | None = None,
    words_shown: str = "",
    language: str = "en",
    witness: str = "",
) -> UUID:
    """The person agreed: we may tell these recipients about these topics, until ``ends_at``."""
    chosen, named = sorted(set(topics)), list(dict.fromkeys(recipient_ids))
    if not chosen:
        raise Refused(_("Choose at least one topic that may be shared."), field="topics")
    if recipient_class == RecipientClass.NAMED and not named:
        raise Refused(_("Name at least one organization."), field="recipients")
    if ends_at is not None and ends_at <= now():
        raise Refused(_("The end has to lie in the future."), field="ends_on")
    return _record(
        actor=actor,
        person_id=person_id,
        decision=Decision.AGREED,
        recipient_class=RecipientClass(recipient_class),
        recipient_ids=named,
        topics=chosen,
        covers_sensitivities=sorted(set(covers_sensitivities)),
        purposes=sorted(set(purposes)),
        reply=reply,
        discloser_ids=list(dict.fromkeys([actor.organization, *discloser_ids])),
        captured=Captured(captured),
        ends_at=ends_at,
        words_shown=words_shown,
        language=language,
        witness=witness,
    )


def record_preference_not_to_share(
    *, actor: Actor, person_id: UUID, topics: Iterable[str] = (), recipient_ids: Iterable[UUID] = ()
) -> UUID:
    """The person would rather not share: these topics (none: all) with these recipients (or anybody).

    An agreement of which nothing is left is taken back with it: what it opened, it closes.
    """
    refused, named = set(topics), list(dict.fromkeys(recipient_ids))
    refusal = _record(
        actor=actor,
        person_id=person_id,
        decision=Decision.PREFERS_NOT,
        recipient_class=RecipientClass.NAMED if named else RecipientClass.PARTNERS,
        recipient_ids=named,
        topics=sorted(refused),
        covers_sensitivities=[],
        purposes=[],
        reply=False,
        discloser_ids=[actor.organization],
        captured=Captured.SPOKEN,
        ends_at=None,
        words_shown="",
        language="",
        witness="",
    )
    for row in Consent.objects.filter(
        held_by_id=actor.organization,
        person_id=person_id,
        decision=Decision.AGREED,
        status=Status.ACTIVE,
    ):
        if _nothing_left(row, refused, set(named)):
            revoke(actor=actor, consent_id=row.id)
    return refusal


def hold(person_id: UUID) -> None:
    """Let what this person said stand until the transaction ends: nothing is told on a word taken back."""
    take_turn("consents", person_id)


def _nothing_left(row: Consent, topics: set[str], named: set[UUID]) -> bool:
    """Whether a refusal of these topics (none: all) to these recipients (none: any) covers an agreement."""
    to_all = not named or (row.recipient_class == RecipientClass.NAMED and set(row.recipient_ids) <= named)
    return to_all and (not topics or set(row.topics) - ALWAYS_TOLD <= topics)


def _record(*, actor: Actor, person_id: UUID, words_shown: str, **fields: object) -> UUID:
    if len(words_shown) > WORDS_LIMIT:
        raise Refused(_("These words are too long to keep."), field="words_shown")
    hold(person_id)
    row = Consent(
        held_by_id=actor.organization,
        topic=TOPIC,
        person_id=person_id,
        words_shown=words_shown,
        starts_at=now(),
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
        **fields,
    )
    row.save(force_insert=True)
    events.emit(f"consent.{row.decision}", actor=actor, consent_id=row.id, person_id=person_id)
    audit.record(
        f"consent.{row.decision}", actor=actor, subject_type="person", subject_ids=[person_id], consent=row.id
    )
    return row.id


def revoke(*, actor: Actor, consent_id: UUID, these_referrals_too: bool = False) -> None:
    """The person takes the agreement back: from now on nothing new flows (45 CFR 164.508(b)(5), 42 CFR 2.31).

    What was received stays with the receiver; ``these_referrals_too`` recalls the referrals that stood on it.
    """
    found = Consent.objects.filter(pk=consent_id, held_by_id=actor.organization)
    person_id = found.values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotVisible
    hold(person_id)
    row = found.select_for_update().get()
    if row.status == Status.REVOKED:
        return
    row.status = Status.REVOKED
    row.revoked_at = now()
    row.revoked_by_name = actor.name
    row.recalled_referrals = these_referrals_too
    row.save()
    events.emit(
        "consent.revoked",
        actor=actor,
        consent_id=row.id,
        person_id=row.person_id,
        recall="yes" if these_referrals_too else "no",
    )
    audit.record(
        "consent.revoke",
        actor=actor,
        subject_type="person",
        subject_ids=[row.person_id],
        consent=row.id,
        recall=these_referrals_too,
    )
