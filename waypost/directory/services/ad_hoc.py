"""Listings for a while: a housing list that is open until Friday."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.directory.choices import CheckResult, ConfirmedHow, HiddenWhy
from waypost.directory.models import Contacted, Organization, Service
from waypost.directory.services.entries import ServiceEntry
from waypost.directory.services.facts import may_change
from waypost.directory.services.listings import create_organization, create_service
from waypost.directory.services.upkeep import confirm_listing
from waypost.kernel import audit
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.events import emit
from waypost.network.roles import Action, may

LONGEST = timedelta(days=366)


def add_ad_hoc(
    *,
    actor: Actor,
    entry: ServiceEntry,
    expires_on: date,
    how: str,
    organization_id: UUID | None = None,
    organization_name: str = "",
) -> UUID:
    """A listing that is shown up to ``expires_on`` and then leaves by itself; of a listed organization, or a
    new one by its name. Whoever adds it has seen it: it counts as confirmed today."""
    if not may(actor.role, Action.CHECK_LISTING):
        raise Refused(_("You cannot add listings."))
    _ends(expires_on)
    if how not in ConfirmedHow.values:
        raise Refused(_("Say how you made sure: on the web, by phone or by a visit."), field="how")
    organization = _organization(actor, organization_id, organization_name)
    service_id = create_service(organization_id=organization, entry=entry)
    Service.objects.filter(pk=service_id).update(expires_on=expires_on)
    confirm_listing(actor=actor, service_id=service_id, how=how)
    Contacted.objects.create(
        held_by_id=actor.organization,
        user_id=actor.user_id,
        service_id=service_id,
        how=how,
        result=CheckResult.REACHED,
        at=now(),
    )
    audit.record("directory.ad_hoc", actor=actor, subject_type="listing", subject_ids=[service_id])
    return service_id


def extend_ad_hoc(*, actor: Actor, service_id: UUID, expires_on: date) -> None:
    """Show it longer, or bring back one that has expired."""
    row = Service.objects.select_related("organization").filter(pk=service_id).first()
    if row is None or row.expires_on is None or row.hidden_why not in ("", HiddenWhy.EXPIRED):
        raise NotVisible
    if not may_change(actor=actor, claimed_by=row.organization.claimed_by_id):
        raise NotVisible
    _ends(expires_on)
    Service.objects.filter(pk=service_id).update(expires_on=expires_on, hidden_why="", hidden_at=None)
    audit.record("directory.extend", actor=actor, subject_type="listing", subject_ids=[service_id])


@transaction.atomic
def expire_listings() -> int:
    """Hide what was to be shown up to yesterday, and tell whoever added it; how many."""
    ids = list(
        Service.objects.select_for_update()
        .filter(expires_on__lt=today(), hidden_why="")
        .values_list("pk", flat=True)
    )
    Service.objects.filter(pk__in=ids).update(hidden_why=HiddenWhy.EXPIRED, hidden_at=now())
    for service_id in ids:
        first = Contacted.objects.filter(service_id=service_id).order_by("at", "id").first()
        audit.record("directory.expired", actor=SYSTEM, subject_type="listing", subject_ids=[service_id])
        if first is not None:
            emit(
                "directory.expired",
                actor=SYSTEM,
                listing_id=service_id,
                told_organization=first.held_by_id,
                told_user=first.user_id,
            )
    return len(ids)


def _ends(expires_on: date) -> None:
    if not today() <= expires_on <= today() + LONGEST:
        raise Refused(_("Choose the last day: today or later, within a year."), field="expires_on")


def _organization(actor: Actor, organization_id: UUID | None, name: str) -> UUID:
    if organization_id is None:
        if not name.strip():
            raise Refused(_("Say who offers it."), field="organization_name")
        same = Organization.objects.filter(name__iexact=name.strip(), hidden_why="").order_by("id").first()
        if same is None:
            return create_organization(name=name)
        organization_id = same.id
    row = Organization.objects.filter(pk=organization_id, hidden_why="").first()
    if row is None:
        raise NotVisible
    if not may_change(actor=actor, claimed_by=row.claimed_by_id):
        raise Refused(
            _("%(name)s looks after its own listings; ask them to add it.") % {"name": row.name},
            field="organization_name",
        )
    return row.id
