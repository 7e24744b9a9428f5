"""A gentle brake: so many questions a minute from one address, counted by each process of the server."""

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

from waypost.kernel.clock import now
from waypost.kernel.senders import sender_of

MINUTE = 60


def seconds_to_wait(request: HttpRequest) -> int:
    """0, or how long until this address may ask again."""
    stamp = int(now().timestamp())
    minute, gone = divmod(stamp, MINUTE)
    cache = caches["here"]
    key = f"hsds:{address_of(request)}:{minute}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:  # it was thrown out to make room
        return 0
    return MINUTE - gone if count > settings.API_REQUESTS_A_MINUTE else 0


def address_of(request: HttpRequest) -> str:
    """The client's address: the one that the nearest trusted proxy saw, or the connection's own."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    if proxies and len(seen) >= proxies:
        return sender_of(seen[-proxies][:60])
    return sender_of(str(request.META.get("REMOTE_ADDR", "")))
