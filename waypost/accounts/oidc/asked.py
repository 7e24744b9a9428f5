"""What the database says about a user and the sign-ons of organizations, signed in or not."""

from uuid import UUID

from django.db import connection


def works_for(user_id: UUID, organization_id: UUID) -> bool:
    """Whether this user works for the organization now."""
    return _asked("SELECT network_works_for(%s, %s)", user_id, organization_id)


def must_use_own_sign_on(user_id: UUID) -> bool:
    """Whether an organization of this user asks for its own sign-on."""
    return _asked("SELECT network_asks_own_sign_on(%s)", user_id)


def own_sign_on_of(user_id: UUID, email: str) -> UUID | None:
    """The sign-on of the organization for which this user works and whose domain the address has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM network_signon WHERE domain = %s AND network_works_for(%s, organization_id)",
            [email.strip().lower().rpartition("@")[2], user_id],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def _asked(question: str, *given: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, list(given))
        return bool(cursor.fetchone()[0])
