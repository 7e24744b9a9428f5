"""Looking after listings: who may, claims, capacity, confirmation, changes."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory.choices import Capacity, ConfirmedHow, HowToReach
from waypost.directory.models import Organization, Service
from waypost.directory.services.entries import ServiceEntry
from waypost.directory.services.listings import replace_service
from waypost.kernel import audit
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.roles import Action, may


def can_edit(*, actor: Actor, claimed_by: UUID | None) -> bool:
    """The participant that claimed a listing edits it; the integrator looks after the whole directory."""
    if actor == SYSTEM or may(actor.role, Action.SEE_NETWORK):
        return True
    return (
        claimed_by is not None
        and claimed_by == actor.organization_id
        and may(actor.role, Action.EDIT_LISTING)
    )


def claim_listing(*, actor: Actor, organization_id: UUID, participant_id: UUID) -> None:
    """Hand a listing over without proof, as the network's staff may; others use ``ask_claim``."""
    if actor != SYSTEM and not may(actor.role, Action.KEEP_DIRECTORY):
        raise Refused(_("Only the network's staff can do this."))
    row = Organization.objects.select_for_update().filter(pk=organization_id).first()
    if row is None:
        raise NotVisible
    if row.claimed_by_id is not None and row.claimed_by_id != participant_id:
        raise Refused(_("Another organization looks after this listing already."))
    row.claimed_by_id = participant_id
    row.save(update_fields=["claimed_by"])
    _record("directory.claim", actor, organization_id)


def set_capacity(*, actor: Actor, service_id: UUID, status: str) -> None:
    """Say whether the service takes people now."""
    row = _own_service(actor, service_id)
    if status not in Capacity.values:
        raise Refused(_("Choose whether you take new people."), field="capacity_status")
    row.capacity_status, row.capacity_changed_at = status, now()
    row.save(update_fields=["capacity_status", "capacity_changed_at"])
    _record("directory.capacity", actor, service_id, status=status)


def set_how_to_reach(*, actor: Actor, service_id: UUID, how: str) -> None:
    """Say how people come to the service; an inbox needs a participant that reads it."""
    row = _own_service(actor, service_id)
    if how not in HowToReach.values:
        raise Refused(_("Choose how people reach this service."), field="how_to_reach")
    if how == HowToReach.INBOX and row.organization.claimed_by_id is None:
        raise Refused(
            _("An inbox needs an organization that takes part in the network."), field="how_to_reach"
        )
    row.how_to_reach = how
    row.save(update_fields=["how_to_reach"])
    _record("directory.how_to_reach", actor, service_id, how=how)


def confirm_listing(*, actor: Actor, service_id: UUID, how: str, on: date | None = None) -> None:
    """A human made sure that the listing is right. Any signed-in worker may have called or been there."""
    row = Service.objects.select_for_update().filter(pk=service_id).first()
    if row is None:
        raise NotVisible
    if how not in ConfirmedHow.values:
        raise Refused(_("Say how you made sure: on the web, by phone or by a visit."), field="confirmed_how")
    day = on or today()
    if day > today():
        raise Refused(_("This day has not come yet."), field="confirmed_on")
    row.confirmed_on, row.confirmed_how, row.doubted_at = day, how, None
    row.save(update_fields=["confirmed_on", "confirmed_how", "doubted_at"])
    _record("directory.confirm", actor, service_id, how=how)


def update_listing(*, actor: Actor, service_id: UUID, entry: ServiceEntry) -> None:
    """Replace what the listing says; for the organization that looks after it."""
    _own_service(actor, service_id)
    replace_service(service_id=service_id, entry=entry)
    _record("directory.update", actor, service_id)


def _own_service(actor: Actor, service_id: UUID) -> Service:
    row = Service.objects.select_for_update(of=("self",)).select_related("organization").filter(pk=service_id)
    found = row.first()
    if found is None:
        raise NotVisible
    if not can_edit(actor=actor, claimed_by=found.organization.claimed_by_id):
        raise Refused(_("Only the organization that looks after this listing can change it."))
    return found


def _record(action: str, actor: Actor, subject: UUID, **detail: str) -> None:
    audit.record(action, actor=actor, subject_type="listing", subject_ids=[subject], **detail)
