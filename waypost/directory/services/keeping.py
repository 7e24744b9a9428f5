"""What workers keep about services for themselves and their own: searches, favourites, notes."""

from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory.choices import SharedWith
from waypost.directory.models import Favourite, SavedSearch, Service, ServiceNote
from waypost.directory.selectors.kept import me, team_of, visible
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.roles import Action, Role, may

LONGEST_NAME = 120
LONGEST_WORDS = 2000
LONGEST_QUERY = 2000


def save_search(*, actor: Actor, name: str, query: str, shared_with: str = SharedWith.NOBODY) -> UUID:
    """Keep a search under a name. ``query``: what stands in its address after the question mark."""
    if not query.strip() or len(query) > LONGEST_QUERY:
        raise Refused(_("There is nothing to save: look for something first."))
    row = SavedSearch.objects.create(
        name=a_name(name),
        query=query,
        team_id=team_for(actor, shared_with),
        shared_with=shared_with,
        **by(actor),
    )
    return row.id


def forget_search(*, actor: Actor, search_id: UUID) -> str:
    """Delete a saved search of one's own, or as supervisor one of the organization's; returns its name."""
    row = SavedSearch.objects.filter(visible(actor), pk=search_id).first()
    if row is None:
        raise NotVisible
    only_owner(actor, row.user_id)
    row.delete()
    return row.name


def keep_favourite(*, actor: Actor, service_id: UUID, note: str = "") -> None:
    """Mark a service, or change the note on it."""
    _service(service_id)
    Favourite.objects.update_or_create(
        held_by_id=actor.organization,
        user_id=me(actor),
        service_id=service_id,
        defaults={"note": some_words(note), "user_name": actor.name},
    )


def drop_favourite(*, actor: Actor, service_id: UUID) -> None:
    """Take the mark away; nothing happens where there is none."""
    Favourite.objects.filter(held_by_id=actor.organization, user_id=me(actor), service_id=service_id).delete()


def note_service(*, actor: Actor, service_id: UUID, words: str) -> UUID:
    """Tell one's own organization something about a service. Nobody else ever sees it."""
    _service(service_id)
    if not some_words(words):
        raise Refused(_("Write what your colleagues should know."), field="words")
    return ServiceNote.objects.create(service_id=service_id, words=some_words(words), **by(actor)).id


def remove_note(*, actor: Actor, note_id: UUID) -> UUID:
    """Delete a note of one's own, or as supervisor one of the organization's; returns its service."""
    row = ServiceNote.objects.filter(held_by_id=actor.organization, pk=note_id).first()
    if row is None:
        raise NotVisible
    only_owner(actor, row.user_id)
    row.delete()
    return row.service_id


def by(actor: Actor) -> dict[str, object]:
    """Who keeps a new row, for whom. Refused to those who keep nothing."""
    if not may(actor.role, Action.NOTE_LISTING):
        raise NotVisible
    return {"held_by_id": actor.organization, "user_id": me(actor), "user_name": actor.name}


def a_name(name: str) -> str:
    """A name that can be found again."""
    tidy = " ".join(name.replace("\x00", "").split())
    if not tidy:
        raise Refused(_("Give it a name."), field="name")
    if len(tidy) > LONGEST_NAME:
        raise Refused(_("The name is too long. Up to 120 letters fit."), field="name")
    return tidy


def some_words(words: str) -> str:
    """Words of a bearable length."""
    tidy = words.replace("\x00", "").strip()
    if len(tidy) > LONGEST_WORDS:
        raise Refused(_("This is too long. Up to 2,000 letters fit."), field="words")
    return tidy


def team_for(actor: Actor, shared_with: str) -> UUID | None:
    """The team to share with, where it is for the team."""
    if shared_with not in SharedWith.values:
        raise Refused(_("Choose who sees it."), field="shared_with")
    if shared_with != SharedWith.TEAM:
        return None
    team = team_of(actor)
    if team is None:
        raise Refused(_("You are in no team. Choose who else sees it."), field="shared_with")
    return team.id


def only_owner(actor: Actor, user_id: UUID) -> None:
    """Others read what is shared; whoever made it changes it, and the supervisor."""
    if actor.user_id != user_id and actor.role != Role.SUPERVISOR:
        raise Refused(_("Only whoever made this, or a supervisor, can change it."))


def _service(service_id: UUID) -> None:
    if not Service.objects.filter(pk=service_id, hidden_why="").exists():
        raise NotVisible
