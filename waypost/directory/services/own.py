"""Whose listing it is: the participant that keeps an organization, a service or a place."""

from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory.choices import FactOf
from waypost.directory.models import Location, Organization, Service
from waypost.directory.models.base import Listed
from waypost.directory.services.upkeep import can_edit
from waypost.directory.values import MODELS
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused


def own_row(actor: Actor, entity: str, row_id: UUID) -> Listed:
    """The row, locked, for whoever may change it. Raises NotVisible, or Refused to others."""
    row = MODELS[entity]._default_manager.select_for_update().filter(pk=row_id, merged_into=None).first()
    if row is None:
        raise NotVisible
    owner = owner_of(row)
    if not can_edit(actor=actor, claimed_by=owner.claimed_by_id if owner else None):
        raise Refused(_("Only the organization that looks after this listing can change it."))
    return row


def own_place(actor: Actor, location_id: UUID) -> Location:
    """A place of one's own, locked."""
    row = own_row(actor, FactOf.LOCATION, location_id)
    if not isinstance(row, Location):
        raise NotVisible
    return row


def owner_of(row: Listed) -> Organization | None:
    """The listed organization that a row belongs to.

    A place that names none belongs to the one organization whose services are there, if it is only one.
    """
    if isinstance(row, Organization):
        return row
    if isinstance(row, Service | Location) and row.organization_id:
        return Organization.objects.get(pk=row.organization_id)
    there = Organization.objects.filter(services__at_locations__location_id=row.id, hidden_why="").distinct()
    found = list(there[:2])
    return found[0] if len(found) == 1 else None
