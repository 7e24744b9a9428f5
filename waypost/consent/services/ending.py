"""Taking back what was agreed, whole or in part. Each acts at once."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.consent.models import Captured, Consent, Decision, RecipientClass, Status
from waypost.consent.services import rows
from waypost.kernel import audit, events
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused


def revoke(*, actor: Actor, consent_id: UUID, these_referrals_too: bool = False) -> None:
    """The person takes it back: from now on nothing new flows (45 CFR 164.508(b)(5), 42 CFR 2.31).

    What was received stays with the receiver; ``these_referrals_too`` recalls the referrals that stood on it.
    A wish not to share, and a block, are lifted the same way.
    """
    row = _locked(actor, consent_id)
    if row.status in (Status.REVOKED, Status.SENT_BACK):
        return
    counted = row.status == Status.ACTIVE
    row.status = Status.REVOKED
    row.revoked_at = now()
    row.revoked_by_name = actor.name
    row.recalled_referrals = these_referrals_too
    row.save()
    if counted:
        events.emit(
            "consent.revoked",
            actor=actor,
            consent_id=row.id,
            person_id=row.person_id,
            recall="yes" if these_referrals_too else "no",
        )
        if row.decision == Decision.AGREED:
            tell_coordinators(actor, row, "consent.taken_back")
    audit.record(
        "consent.revoke",
        actor=actor,
        subject_type="person",
        subject_ids=[row.person_id],
        consent=row.id,
        recall=these_referrals_too,
    )


def take_back_part(
    *,
    actor: Actor,
    consent_id: UUID,
    topics: Iterable[str] = (),
    organization_ids: Iterable[UUID] = (),
    back: bool = False,
    purposes: Iterable[str] = (),
    these_referrals_too: bool = False,
) -> list[UUID]:
    """A part is taken back; the rest stands. Each part is a refusal of its own, newer than the agreement.

    ``topics``: told to nobody any more. ``organization_ids``: told nothing any more. ``back``: they may not
    tell us any more. ``purposes``: used for these no more.
    """
    row = _locked(actor, consent_id)
    if row.decision != Decision.AGREED or row.status != Status.ACTIVE:
        raise Refused(_("This is not in force any more."))
    less, out = set(topics) & set(row.topics), list(dict.fromkeys(organization_ids))
    aims = set(purposes) & set(row.purposes)
    if not (less or out or back or aims):
        raise Refused(_("Choose what should stop."), field="topics")
    parts: list[dict[str, object]] = []
    if less:
        parts.append({"topics": sorted(less)})
    if out:
        parts.append({"recipient_ids": out})
    if aims:
        parts.append({"purposes": sorted(aims)})
    if back:
        named = [each for each in row.recipient_ids if each != actor.organization]
        parts.append({"only_back": True, "recipient_ids": named})
    made = [_refuse(actor, row, part, recall=these_referrals_too) for part in parts]
    tell_coordinators(actor, row, "consent.taken_back")
    return made


def _refuse(actor: Actor, row: Consent, part: dict[str, object], *, recall: bool) -> UUID:
    given = {"topics": [], "purposes": [], "recipient_ids": [], "only_back": False, **part}
    refusal = rows.write(
        actor=actor,
        person_id=row.person_id,
        recall=recall and not given["only_back"],
        decision=Decision.PREFERS_NOT,
        recipient_class=RecipientClass.NAMED if given["recipient_ids"] else RecipientClass.PARTNERS,
        reply=False,
        discloser_ids=[actor.organization],
        captured=Captured.SPOKEN,
        language="",
        narrows=row,
        **given,
    )
    return refusal.id


def tell_coordinators(actor: Actor, row: Consent, name: str) -> None:
    """Let our own coordinators know, without a name: the notice leads to the person's page."""
    events.emit(
        name,
        actor=actor,
        to_organization=row.held_by_id,
        subject_id=row.person_id,
        reference="",
        url=f"/people/{row.person_id}/agreements/",
        consent_id=row.id,
    )


def _locked(actor: Actor, consent_id: UUID) -> Consent:
    found = Consent.objects.filter(pk=consent_id, held_by_id=actor.organization)
    person_id = found.values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotVisible
    rows.hold(person_id)
    return found.select_for_update().get()
