"""Reading users."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from waypost.accounts.models import User
from waypost.accounts.second_step import with_second_step
from waypost.accounts.training import Standing, standings


@dataclass(frozen=True, slots=True)
class UserCard:
    """A colleague as others see him or her."""

    id: UUID
    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class DoorCard:
    """How a user stands at the door: last sign-in, training, as who lets people in sees it."""

    email: str
    last_sign_in: datetime | None
    training: Standing | None
    second_step: bool


def users(ids: Iterable[UUID]) -> dict[UUID, UserCard]:
    """Active users by id."""
    return {
        user.id: UserCard(user.id, user.name, user.email, user.language)
        for user in User.objects.filter(pk__in=set(ids), is_active=True)
    }


def user_by_email(email: str) -> UserCard | None:
    """An active user by e-mail, whatever the case."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    return UserCard(user.id, user.name, user.email, user.language) if user else None


def at_the_door(ids: Iterable[UUID]) -> dict[UUID, DoorCard]:
    """How these users stand at the door."""
    wanted = set(ids)
    trained, second = standings(wanted), with_second_step(wanted)
    return {
        user.id: DoorCard(user.email, user.last_login, trained.get(user.id), user.id in second)
        for user in User.objects.filter(pk__in=wanted)
    }
