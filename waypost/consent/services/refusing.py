"""The person would rather not share, or wants an organization or a worker kept out."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.consent.models import Captured, Consent, Decision, RecipientClass, Status
from waypost.consent.services import rows
from waypost.consent.services.agreeing import ALWAYS_TOLD
from waypost.consent.services.ending import revoke
from waypost.kernel.actors import Actor
from waypost.kernel.errors import Refused
from waypost.network.roles import Action, Role, may
from waypost.network.selectors import members


def record_preference_not_to_share(
    *, actor: Actor, person_id: UUID, topics: Iterable[str] = (), recipient_ids: Iterable[UUID] = ()
) -> UUID:
    """The person would rather not share: these topics (none: all) with these recipients (or anybody).

    An agreement of which nothing is left is taken back with it: what it opened, it closes.
    """
    refused, named = set(topics), list(dict.fromkeys(recipient_ids))
    rows.hold(person_id)
    refusal = rows.write(
        actor=actor,
        person_id=person_id,
        decision=Decision.PREFERS_NOT,
        recipient_class=RecipientClass.NAMED if named else RecipientClass.PARTNERS,
        recipient_ids=named,
        topics=sorted(refused),
        reply=False,
        discloser_ids=[actor.organization],
        captured=Captured.SPOKEN,
        language="",
    )
    for row in Consent.objects.filter(
        held_by_id=actor.organization,
        person_id=person_id,
        decision=Decision.AGREED,
        status=Status.ACTIVE,
    ):
        if _nothing_left(row, refused, set(named)):
            revoke(actor=actor, consent_id=row.id)
    return refusal.id


def block(
    *,
    actor: Actor,
    person_id: UUID,
    organization_ids: Iterable[UUID] = (),
    worker_ids: Iterable[UUID] = (),
    these_referrals_too: bool = False,
) -> list[UUID]:
    """Keep these organizations or these workers out, at once, whatever else was or will be agreed.

    An emergency and the person's own request go past it for an organization, never for a worker: a colleague
    has to act. Ended by ``revoke``, when the person says so.
    """
    organizations = list(dict.fromkeys(organization_ids))
    workers = list(dict.fromkeys(worker_ids))
    if not organizations and not workers:
        raise Refused(_("Choose whom to keep out."), field="organizations")
    if actor.organization in organizations:
        raise Refused(_("Your own organization keeps this record. Keep out a worker instead."))
    _somebody_is_left(actor, person_id, workers)
    rows.hold(person_id)
    made = []
    if organizations:
        made.append(_block(actor, person_id, recall=these_referrals_too, recipient_ids=organizations))
    if workers:
        made.append(_block(actor, person_id, worker_ids=workers))
    return made


def _block(actor: Actor, person_id: UUID, *, recall: bool = False, **whom: list[UUID]) -> UUID:
    row = rows.write(
        actor=actor,
        person_id=person_id,
        recall=recall,
        decision=Decision.BLOCKED,
        recipient_class=RecipientClass.NAMED if whom.get("recipient_ids") else RecipientClass.PARTNERS,
        reply=False,
        discloser_ids=[actor.organization],
        captured=Captured.SPOKEN,
        language="",
        **whom,
    )
    return row.id


def _somebody_is_left(actor: Actor, person_id: UUID, workers: list[UUID]) -> None:
    """A record that nobody could open would help nobody: one who may see people has to be left."""
    ours = [
        each.user_id
        for each in members(actor.organization)
        if may(Role(each.role), Action.SEE_PEOPLE) and may(Role(each.role), Action.EDIT_PEOPLE)
    ]
    out = {
        worker
        for ids in Consent.objects.filter(
            held_by_id=actor.organization,
            person_id=person_id,
            decision=Decision.BLOCKED,
            status=Status.ACTIVE,
        ).values_list("worker_ids", flat=True)
        for worker in ids
    }
    if set(workers) & set(ours) and not set(ours) - out - set(workers):
        raise Refused(
            _("Nobody would be left to help. Speak with your supervisor or the privacy officer first."),
            field="workers",
        )


def _nothing_left(row: Consent, topics: set[str], named: set[UUID]) -> bool:
    """Whether a refusal of these topics (none: all) to these recipients (none: any) covers an agreement."""
    to_all = not named or (row.recipient_class == RecipientClass.NAMED and set(row.recipient_ids) <= named)
    return to_all and (not topics or set(row.topics) - ALWAYS_TOLD <= topics)
