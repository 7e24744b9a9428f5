"""Standing in for a colleague: set, seen, begun in one's session, ended by itself."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.cards import CoverCard
from waypost.network.models import Cover
from waypost.network.roles import Action, may
from waypost.network.selectors import members

LONGEST = timedelta(days=183)
NAME = 200


def covers(actor: Actor) -> list[CoverCard]:
    """Those that hold or are still to come in the acting organization, the nearest first."""
    rows = Cover.objects.filter(
        organization_id=actor.organization, ended_at__isnull=True, ends_on__gte=today()
    ).select_related("covered", "by")
    return [_card(row) for row in rows.order_by("starts_on", "covered__name")]


def cover_of(actor: Actor, cover_id: UUID) -> CoverCard | None:
    """The actor's own cover, while it is in force and both still work here."""
    row = (
        Cover.objects.filter(pk=cover_id, organization_id=actor.organization, by_id=actor.user_id)
        .select_related("covered", "by")
        .first()
    )
    if row is None or not _card(row).in_force:
        return None
    here = {each.user_id for each in members(actor.organization)}
    return _card(row) if row.covered_id in here and row.by_id in here else None


def standing_in(actor: Actor, cover: CoverCard) -> Actor:
    """The actor under both names; the role stays the actor's own."""
    both = _("%(who)s for %(other)s") % {"who": actor.name, "other": cover.covered_name}
    return replace(actor, name=both[:NAME], covers=cover.covered_id, covered_name=cover.covered_name)


def set_cover(*, actor: Actor, covered_id: UUID, by_id: UUID, starts_on: date, ends_on: date) -> UUID:
    """Let somebody stand in; for oneself, or by who lets people in for any colleague."""
    here = {each.user_id for each in members(actor.organization)}
    if covered_id not in here or by_id not in here or covered_id == by_id:
        raise Refused(_("Choose two colleagues who work here."), field="by")
    if covered_id != actor.user_id and not may(actor.role, Action.MANAGE_MEMBERS):
        raise Refused(_("You set this for yourself. For a colleague, ask a supervisor."), field="covered")
    if not today() <= starts_on <= ends_on:
        raise Refused(_("The last day comes before the first one, or lies in the past."), field="ends_on")
    if ends_on > starts_on + LONGEST:
        raise Refused(_("At most half a year. After that, hand the work over."), field="ends_on")
    row = Cover(
        organization_id=actor.organization,
        covered_id=covered_id,
        by_id=by_id,
        starts_on=starts_on,
        ends_on=ends_on,
        set_by_id=actor.user_id,
        set_by_name=actor.name,
    )
    Cover.objects.bulk_create([row])
    audit.record(
        "network.cover",
        actor=actor,
        subject_type="user",
        subject_ids=[covered_id, by_id],
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return row.id


def end_cover(*, actor: Actor, cover_id: UUID) -> None:
    """End it before its day: by who is covered, who covers, or who lets people in."""
    row = Cover.objects.filter(pk=cover_id, organization_id=actor.organization, ended_at__isnull=True).first()
    if row is None or not (
        actor.user_id in (row.covered_id, row.by_id) or may(actor.role, Action.MANAGE_MEMBERS)
    ):
        raise NotVisible
    Cover.objects.filter(pk=row.pk).update(ended_at=now())
    audit.record(
        "network.cover_end", actor=actor, subject_type="user", subject_ids=[row.covered_id, row.by_id]
    )


def begun(*, actor: Actor, cover: CoverCard) -> None:
    """Write down that somebody begins to work for a colleague."""
    audit.record(
        "network.cover_begin",
        actor=actor,
        subject_type="user",
        subject_ids=[cover.covered_id],
        cover=cover.id,
    )


def _card(row: Cover) -> CoverCard:
    return CoverCard(
        id=row.id,
        covered_id=row.covered_id,
        covered_name=row.covered.name,
        by_id=row.by_id,
        by_name=row.by.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        set_by=row.set_by_name,
        in_force=row.ended_at is None and row.starts_on <= today() <= row.ends_on,
    )
