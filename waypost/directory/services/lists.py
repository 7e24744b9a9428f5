"""Lists of services, kept by a worker, a team or an organization."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from waypost.directory.choices import SharedWith
from waypost.directory.models import ListItem, Service, ServiceList
from waypost.directory.selectors.kept import visible
from waypost.directory.services.keeping import a_name, by, only_owner, some_words, team_for
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused

MOST = 200


def make_list(*, actor: Actor, name: str, shared_with: str = SharedWith.NOBODY) -> UUID:
    """Begin a list."""
    team = team_for(actor, shared_with)
    return ServiceList.objects.create(
        name=a_name(name), shared_with=shared_with, team_id=team, **by(actor)
    ).id


def change_list(*, actor: Actor, list_id: UUID, name: str, shared_with: str) -> None:
    """Give it another name, or show it to others."""
    row = _list(actor, list_id)
    only_owner(actor, row.user_id)
    row.name, row.shared_with, row.team_id = a_name(name), shared_with, team_for(actor, shared_with)
    row.save(update_fields=["name", "shared_with", "team"])


def delete_list(*, actor: Actor, list_id: UUID) -> str:
    """Delete a list with what stands on it; returns its name."""
    row = _list(actor, list_id)
    only_owner(actor, row.user_id)
    row.delete()
    return row.name


def put_on_list(*, actor: Actor, list_id: UUID, service_id: UUID) -> bool:
    """Add a service at the end; False where it stands there already. Whoever sees a list may add to it."""
    row = _list(actor, list_id)
    if not Service.objects.filter(pk=service_id, hidden_why="").exists():
        raise NotVisible
    items = ListItem.objects.filter(list=row)
    if items.filter(service_id=service_id).exists():
        return False
    last = items.aggregate(last=models.Max("position"), number=models.Count("id"))
    if last["number"] >= MOST:
        raise Refused(_("The list is full: 200 services. Begin another one."))
    ListItem.objects.create(list=row, service_id=service_id, position=(last["last"] or 0) + 1, **by(actor))
    return True


def note_item(*, actor: Actor, item_id: UUID, note: str) -> UUID:
    """Write why it stands there; returns the list."""
    item = _item(actor, item_id)
    item.note = some_words(note)
    item.save(update_fields=["note"])
    return item.list_id


def take_off_list(*, actor: Actor, item_id: UUID) -> UUID:
    """Remove a service from a list; returns the list."""
    item = _item(actor, item_id)
    item.delete()
    return item.list_id


def move_item(*, actor: Actor, item_id: UUID, up: bool) -> UUID:
    """Change places with the one above or below; nothing happens at the ends. Returns the list."""
    item = _item(actor, item_id)
    others = ListItem.objects.filter(list_id=item.list_id)
    if up:
        other = others.filter(position__lt=item.position).order_by("-position").first()
    else:
        other = others.filter(position__gt=item.position).order_by("position").first()
    if other is not None:
        here, there = item.position, other.position
        ListItem.objects.filter(pk=item.pk).update(position=there)
        ListItem.objects.filter(pk=other.pk).update(position=here)
    return item.list_id


def _list(actor: Actor, list_id: UUID) -> ServiceList:
    row = ServiceList.objects.select_for_update().filter(visible(actor), pk=list_id).first()
    if row is None:
        raise NotVisible
    return row


def _item(actor: Actor, item_id: UUID) -> ListItem:
    item = ListItem.objects.filter(held_by_id=actor.organization, pk=item_id).first()
    if item is None:
        raise NotVisible
    _list(actor, item.list_id)
    return item
