"""Reading what one's own organization keeps about services."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from waypost.directory.cards import ListingCard
from waypost.directory.choices import SharedWith
from waypost.directory.models import Favourite, ListItem, SavedSearch, ServiceList, ServiceNote
from waypost.directory.selectors.listing import listings
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.network.cards import TeamCard
from waypost.network.roles import Role
from waypost.network.selectors import members, teams

MOST = 500


@dataclass(frozen=True, slots=True)
class SearchCard:
    """A saved search; ``mine``: may be changed by the reader."""

    id: UUID
    name: str
    query: str
    shared_with: str
    by_name: str
    mine: bool


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A favourite, or a service on a list. ``listing`` is None once it is not listed any more."""

    id: UUID
    service_id: UUID
    note: str
    listing: ListingCard | None


@dataclass(frozen=True, slots=True)
class ListCard:
    """A list of services with how many stand on it."""

    id: UUID
    name: str
    shared_with: str
    by_name: str
    mine: bool
    count: int


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A note on a service."""

    id: UUID
    words: str
    by_name: str
    at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class KeptCounts:
    """How much one keeps, for the tabs."""

    favourites: int
    lists: int
    searches: int


def me(actor: Actor) -> UUID:
    """The user who acts; what has no user keeps nothing."""
    if actor.user_id is None:
        raise NotVisible
    return actor.user_id


def team_of(actor: Actor) -> TeamCard | None:
    """The team in which this user works for the organization."""
    mine = next((each for each in members(actor.organization) if each.user_id == actor.user_id), None)
    if mine is None or mine.team_id is None:
        return None
    return next((each for each in teams(actor.organization) if each.id == mine.team_id), None)


def visible(actor: Actor) -> Q:
    """Saved searches and lists that are one's own, one's team's, or the whole organization's."""
    team = team_of(actor)
    seen = Q(user_id=actor.user_id) | Q(shared_with=SharedWith.EVERYBODY)
    if team is not None:
        seen |= Q(shared_with=SharedWith.TEAM, team_id=team.id)
    return Q(held_by_id=actor.organization) & seen


def saved_searches(actor: Actor) -> list[SearchCard]:
    """By name."""
    rows = SavedSearch.objects.filter(visible(actor)).order_by("name", "id")[:MOST]
    return [
        SearchCard(row.id, row.name, row.query, row.shared_with, row.user_name, _mine(actor, row.user_id))
        for row in rows
    ]


def favourites(actor: Actor) -> list[KeptCard]:
    """The user's own, newest first."""
    rows = list(_favourites(actor).order_by("-created_at", "-id")[:MOST])
    return _kept([(row.id, row.service_id, row.note) for row in rows])


def favourite_notes(actor: Actor, service_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Which of these services are favourites of the user, with their notes."""
    return dict(_favourites(actor).filter(service_id__in=list(service_ids)).values_list("service_id", "note"))


def _favourites(actor: Actor) -> QuerySet[Favourite]:
    return Favourite.objects.filter(held_by_id=actor.organization, user_id=me(actor))


def service_lists(actor: Actor) -> list[ListCard]:
    """By name."""
    rows = ServiceList.objects.filter(visible(actor)).annotate(number=Count("items")).order_by("name", "id")
    return [_list_card(actor, row, row.number) for row in rows[:MOST]]


def service_list(actor: Actor, list_id: UUID) -> tuple[ListCard, list[KeptCard]]:
    """A list with what stands on it, in its order. Raises NotVisible."""
    row = ServiceList.objects.filter(visible(actor), pk=list_id).first()
    if row is None:
        raise NotVisible
    items = list(ListItem.objects.filter(list=row).order_by("position", "id"))
    return _list_card(actor, row, len(items)), _kept(
        [(each.id, each.service_id, each.note) for each in items]
    )


def notes_on(actor: Actor, service_id: UUID) -> list[NoteCard]:
    """What one's own organization noted, newest first."""
    rows = ServiceNote.objects.filter(held_by_id=actor.organization, service_id=service_id)
    return [
        NoteCard(row.id, row.words, row.user_name, row.created_at, _mine(actor, row.user_id))
        for row in rows.order_by("-created_at", "-id")[:50]
    ]


def kept_counts(actor: Actor) -> KeptCounts:
    """How many favourites, lists and saved searches one sees."""
    seen = visible(actor)
    return KeptCounts(
        favourites=_favourites(actor).count(),
        lists=ServiceList.objects.filter(seen).count(),
        searches=SavedSearch.objects.filter(seen).count(),
    )


def _kept(rows: list[tuple[UUID, UUID, str]]) -> list[KeptCard]:
    cards = listings([service_id for _id, service_id, _note in rows])
    return [KeptCard(each, service_id, note, cards.get(service_id)) for each, service_id, note in rows]


def _list_card(actor: Actor, row: ServiceList, number: int) -> ListCard:
    return ListCard(row.id, row.name, row.shared_with, row.user_name, _mine(actor, row.user_id), number)


def _mine(actor: Actor, user_id: UUID) -> bool:
    return actor.user_id == user_id or actor.role == Role.SUPERVISOR
