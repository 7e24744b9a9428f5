"""What the database says to nobody who is signed in yet: two questions, each answered by yes or no."""

from uuid import UUID

from django.db import connection


def works_for(user_id: UUID, organization_id: UUID) -> bool:
    """Whether this user works for the organization now."""
    return _asked("SELECT network_works_for(%s, %s)", user_id, organization_id)


def must_use_own_sign_on(user_id: UUID) -> bool:
    """Whether an organization of this user asks for its own sign-on."""
    return _asked("SELECT network_asks_own_sign_on(%s)", user_id)


def _asked(question: str, *given: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, list(given))
        return bool(cursor.fetchone()[0])
