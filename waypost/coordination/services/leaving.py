"""Work in somebody's hands goes over to a colleague: when a member leaves, in one transaction."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from waypost.consent.selectors import who_keep_out
from waypost.coordination.models import Episode, Request
from waypost.coordination.services.episodes import LEADS
from waypost.directory.services.check_keepers import checks_in_hand_of, hand_over_checks, who_has_checks
from waypost.kernel import audit, events
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.selectors import members, membership, worked_here
from waypost.network.services import leave
from waypost.referrals.services.keepers import (
    hand_over_referrals,
    people_in_referrals_of,
    referrals_kept_by,
    who_keeps_referrals,
)


@dataclass(frozen=True, slots=True)
class InHand:
    """How much of an organization's work lies in somebody's hands.

    ``kept_back``: of what was handed over, the people who want the new colleague kept out: theirs stays.
    """

    people: int
    referrals: int
    requests: int
    checks: int
    kept_back: tuple[UUID, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing has to be handed over."""
        return not (self.people or self.referrals or self.requests or self.checks)


def in_hand(actor: Actor, user_id: UUID) -> InHand:
    """What would have to be handed over, within the acting organization."""
    return InHand(
        people=_episodes(actor, user_id).count(),
        referrals=referrals_kept_by(actor, user_id),
        requests=_requests(actor, user_id).count(),
        checks=checks_in_hand_of(actor, user_id),
    )


def left_with_work(actor: Actor) -> dict[UUID, str]:
    """Who has work of the acting organization in hand and is no member any more: user id, name."""
    requests = Request.objects.filter(held_by_id=actor.organization, status="taken")
    episodes = Episode.objects.filter(held_by_id=actor.organization, closed_at__isnull=True)
    busy = who_keeps_referrals(actor) | who_has_checks(actor)
    busy |= set(requests.order_by().values_list("taken_by_id", flat=True).distinct())
    busy |= set(episodes.order_by().values_list("lead_id", flat=True).distinct())
    here = {each.user_id for each in members(actor.organization)}
    found = {}
    for user_id in busy - here - {None}:
        try:
            found[user_id] = worked_here(actor.organization, user_id)
        except NotVisible:
            continue
    return found


def hand_over_everything(*, actor: Actor, user_id: UUID, to_id: UUID | None) -> InHand:
    """People, open referrals, requests and checks of directory entries go to a colleague; returns how many.

    Whoever wants this colleague kept out stays where they are, for somebody else to take (``kept_back``).
    Refused where there is work and nobody to take it who may.
    """
    found = in_hand(actor, user_id)
    if found.nothing:
        return found
    names = {each.user_id: each.user_name for each in members(actor.organization, roles=LEADS)}
    if to_id is None or to_id not in names or to_id == user_id:
        raise Refused(_("Choose the colleague who takes over the work."), field="to")
    out = who_keep_out(actor, to_id)
    kept_back = _of_them(actor, user_id, out)
    for each in list(_episodes(actor, user_id).exclude(person_id__in=out).select_for_update()):
        each.lead_id, each.lead_name = to_id, names[to_id]
        each.save(update_fields=["lead_id", "lead_name"])
        events.emit(
            "episode.handed_over", actor=actor, person_id=each.person_id, episode_id=each.id, lead_id=to_id
        )
    _requests(actor, user_id).exclude(person_id__in=out).update(taken_by_id=to_id, taken_by_name=names[to_id])
    hand_over_referrals(actor=actor, user_id=user_id, to_id=to_id, but=out)
    hand_over_checks(actor=actor, user_id=user_id, to_id=to_id)
    audit.record(
        "coordination.hand_over_everything",
        actor=actor,
        subject_type="user",
        subject_ids=[user_id, to_id],
        people=found.people,
        referrals=found.referrals,
        requests=found.requests,
        checks=found.checks,
        kept_back=len(kept_back),
    )
    return replace(found, kept_back=kept_back)


def end_access(*, actor: Actor, membership_id: UUID, to_id: UUID | None) -> InHand:
    """Hand everything over, then end the membership: access is gone with the next request."""
    found = membership(membership_id)
    own = found.organization_id == actor.organization_id
    handed = (
        hand_over_everything(actor=actor, user_id=found.user_id, to_id=to_id) if own else InHand(0, 0, 0, 0)
    )
    leave(actor=actor, membership_id=membership_id)
    return handed


def _of_them(actor: Actor, user_id: UUID, people: frozenset[UUID]) -> tuple[UUID, ...]:
    """Which of these people have something in this worker's hands."""
    if not people:
        return ()
    found = {
        *_episodes(actor, user_id).filter(person_id__in=people).values_list("person_id", flat=True),
        *_requests(actor, user_id).filter(person_id__in=people).values_list("person_id", flat=True),
        *people_in_referrals_of(actor, user_id, people),
    }
    return tuple(sorted(found, key=str))


def _episodes(actor: Actor, user_id: UUID) -> QuerySet[Episode]:
    return Episode.objects.filter(held_by_id=actor.organization, lead_id=user_id, closed_at__isnull=True)


def _requests(actor: Actor, user_id: UUID) -> QuerySet[Request]:
    return Request.objects.filter(held_by_id=actor.organization, taken_by_id=user_id, status="taken")
