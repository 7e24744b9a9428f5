"""Reading users."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from waypost.accounts.models import User


@dataclass(frozen=True, slots=True)
class UserCard:
    """A colleague as others see him or her."""

    id: UUID
    name: str
    email: str
    language: str


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
