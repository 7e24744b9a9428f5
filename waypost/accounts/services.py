"""Making and changing users."""

from uuid import UUID

from waypost.accounts.models import User
from waypost.kernel.errors import Refused


def create_user(*, email: str, name: str, password: str | None = None, language: str = "en") -> UUID:
    """A new user; refused where the e-mail address is taken."""
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise Refused(f"{email} already has an account.", field="email")
    user = User.objects.create_user(email=email, name=name.strip(), password=password, language=language)
    return user.id


def choose_language(*, user_id: UUID, language: str) -> None:
    """Keep the language in which this user reads pages and mail (en, es)."""
    User.objects.filter(pk=user_id).update(language=language)
