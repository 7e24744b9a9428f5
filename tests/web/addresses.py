"""Every address of the site, read from the URL configuration itself."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each pattern with its whole route."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def filled(route: str, ids: dict[str, UUID]) -> str:
    """The route with its parameters filled in; raises KeyError for a parameter that nobody thought of."""
    parts = []
    for part in route.split("/"):
        if part.startswith("<") and part.endswith(">"):
            parts.append(str(ids[part[1:-1].split(":")[-1]]))
        else:
            parts.append(part)
    return "/" + "/".join(parts)
