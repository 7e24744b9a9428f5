"""One transaction for one piece of work, with the acting organization known to PostgreSQL.

Row level security reads ``waypost.organization`` and ``waypost.actor``; both are set with
``set_config(..., true)``, so that they end with the transaction and cannot leak to the next
request on a pooled connection.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from waypost.kernel.actors import Actor

SERVER_ERROR = 500
WITHOUT_TRANSACTION = ("/healthz", "/static/")


def set_actor(actor: Actor | None) -> None:
    """Tell PostgreSQL for whom the rest of this transaction works; None: for nobody."""
    organization = "" if actor is None or actor.organization_id is None else str(actor.organization_id)
    user = "" if actor is None or actor.user_id is None else str(actor.user_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('waypost.organization', %s, true), set_config('waypost.actor', %s, true)",
            [organization, user],
        )


@contextmanager
def acting(actor: Actor | None) -> Iterator[None]:
    """A transaction in which ``actor``'s organization is the one that reads and writes.

    Inside an outer one the earlier actor is put back at the end.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        earlier = _current() if nested else None
        set_actor(actor)
        yield
        if earlier is not None:
            _restore(earlier)


def _current() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('waypost.organization', true), ''),"
            " coalesce(current_setting('waypost.actor', true), '')"
        )
        row = cursor.fetchone()
    return (row[0], row[1])


def _restore(settings: tuple[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('waypost.organization', %s, true), set_config('waypost.actor', %s, true)",
            list(settings),
        )


class RequestTransaction:
    """The innermost middleware: one transaction round the view and the rendering of its response.

    Rolled back on a server error only: a page that answers 404 still leaves its line in the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(WITHOUT_TRANSACTION):
            return self.get_response(request)
        with transaction.atomic():
            set_actor(getattr(request, "actor", None))
            response = self.get_response(request)
            if response.status_code >= SERVER_ERROR:
                transaction.set_rollback(True)
        return response
