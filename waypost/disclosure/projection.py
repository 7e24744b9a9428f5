"""The access table follows the decisions, in the same transaction."""

from django.db import connection

from waypost.kernel.events import Announcement


def end_with_consent(event: Announcement) -> None:
    """A consent was taken back: every access that stood on it ends now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT disclosure_end_consent(%s)", [event.ids["consent_id"]])
