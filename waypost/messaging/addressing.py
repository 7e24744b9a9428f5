"""To whom an event is told: an organization's members with certain roles, or one user."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from waypost.consent.selectors import workers_kept_out
from waypost.coordination.selectors import leads_of, request
from waypost.directory.selectors import expired_name, feed
from waypost.kernel.errors import NotVisible
from waypost.kernel.events import Announcement
from waypost.messaging.kinds import WORKERS, Kind, To
from waypost.network.roles import Role
from waypost.network.selectors import members, organizations
from waypost.referrals.selectors import event_stands, parties

ENDINGS = frozenset({"referral.withdrawn", "referral.sharing_ended"})


@dataclass(frozen=True, slots=True)
class Address:
    """Where one notice goes. ``user_id`` None: to all members with the kind's roles."""

    organization_id: UUID
    user_id: UUID | None
    subject_id: UUID
    reference: str
    url: str


def address(event: Announcement, kind: Kind) -> Address | None:
    """The addressee, or None where nobody is to be told (any more)."""
    if kind.to == To.KEEPERS:
        return _of_feed(event)
    if kind.to == To.NAMED:
        return _named(event)
    if kind.to == To.ADDER:
        return _of_listing(event, kind)
    if "request_id" in event.ids:
        return _of_request(event, kind)
    return _of_referral(event, kind)


def _of_referral(event: Announcement, kind: Kind) -> Address | None:
    move = event.ids.get("event_id")
    if (move and not event_stands(UUID(move))) or event.ids.get("by_report"):
        return None
    referral_id = UUID(event.ids["referral_id"])
    known = parties(referral_id)
    recall = kind.event == "referral.withdrawn"
    if known is None or known.withdrawn != recall:
        return None
    reference, url = event.ids["reference"], f"/referrals/{referral_id}/"
    by_sender = event.actor.organization_id == known.sender_id
    if kind.to == To.SENDER or (kind.to == To.OTHER and not by_sender):
        if by_sender:
            return None  # the sender wrote down himself what a service outside the network said
        user = _still_there(known.sender_id, known.sent_by, kind)
        user = _not_kept_out(known.sender_id, user, known.person_ids, kind)
        return Address(known.sender_id, user, referral_id, reference, url)
    closed_to_them = known.sharing_ended and kind.event not in ENDINGS
    if known.recipient_id is None or closed_to_them:
        return None
    return Address(known.recipient_id, None, referral_id, reference, "/inbox/?tab=ended" if recall else url)


def _of_feed(event: Announcement) -> Address | None:
    """To the integrator; None where a network has none, or the feed is gone."""
    keepers = organizations(kind="integrator")
    try:
        known = feed(UUID(event.ids["feed_id"]))
    except NotVisible:
        return None
    url = f"/upkeep/imports/{event.ids['run_id']}/"
    return Address(keepers[0].id, None, known.id, known.name[:20], url) if keepers else None


def _of_listing(event: Announcement, kind: Kind) -> Address | None:
    """To whoever added it; None where it is shown again."""
    listing_id = UUID(event.ids["listing_id"])
    name = expired_name(listing_id)
    if name is None:
        return None
    organization = UUID(event.ids["told_organization"])
    user = UUID(event.ids["told_user"]) if event.ids.get("told_user") else None
    url = f"/upkeep/for-a-while/{listing_id}/"
    return Address(organization, _still_there(organization, user, kind), listing_id, name[:20], url)


def _of_request(event: Announcement, kind: Kind) -> Address | None:
    request_id = UUID(event.ids["request_id"])
    try:
        row = request(event.actor, request_id)
    except NotVisible:
        return None
    organization = event.actor.organization
    if kind.to == To.COORDINATORS:
        return Address(organization, None, request_id, row.reference, f"/requests/{request_id}/")
    asker = _still_there(organization, row.referrer_id, kind)
    people = (row.person_id,) if row.person_id else ()
    if asker is None or asker not in workers_kept_out(people):
        return Address(organization, asker, request_id, row.reference, "/my-requests/") if asker else None
    wider = replace(kind, roles=WORKERS)
    instead = _not_kept_out(organization, asker, people, wider, but=event.actor.user_id)
    return Address(organization, instead, request_id, row.reference, f"/requests/{request_id}/")


def _named(event: Announcement) -> Address:
    return Address(
        organization_id=UUID(event.ids["to_organization"]),
        user_id=None,
        subject_id=UUID(event.ids["subject_id"]),
        reference=event.ids["reference"],
        url=event.ids["url"],
    )


def _still_there(organization_id: UUID, user_id: UUID | None, kind: Kind) -> UUID | None:
    """The user while he or she works there in a fitting role; None lets the notice go to all."""
    present = {each.user_id for each in members(organization_id, roles=kind.roles)}
    return user_id if user_id in present else None


def _not_kept_out(
    organization_id: UUID,
    user_id: UUID | None,
    person_ids: Iterable[UUID],
    kind: Kind,
    *,
    but: UUID | None = None,
) -> UUID | None:
    """The user, or for one whom the person wants kept out, the person's lead or else a supervisor.

    The supervisor of the same team comes first; ``but`` did it and knows. None: to all who are left.
    """
    out = workers_kept_out(person_ids)
    if user_id is None or user_id not in out:
        return user_id
    everybody = {each.user_id: each for each in members(organization_id, roles=kind.roles)}
    team = next((each.team_id for each in members(organization_id) if each.user_id == user_id), None)
    supervisors = [each for each in everybody.values() if each.role == Role.SUPERVISOR]
    supervisors.sort(key=lambda each: each.team_id != team)
    leads = leads_of(organization_id, person_ids)
    others = [each for each in (*leads, *(each.user_id for each in supervisors)) if each in everybody]
    return next((each for each in others if each not in out and each != but), None)


def readers(to: Address, kind: Kind, *, but: UUID | None) -> list[UUID]:
    """Who gets an e-mail: the user, or each member with a fitting role; never the one who did it.

    Nobody whom the person wants kept out gets one.
    """
    if to.user_id is not None:
        everybody = [to.user_id]
    else:
        everybody = [each.user_id for each in members(to.organization_id, roles=kind.roles)]
    known = parties(to.subject_id)
    out = workers_kept_out(known.person_ids if known else (to.subject_id,))
    return [each for each in everybody if each != but and each not in out]
