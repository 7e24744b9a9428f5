"""For search engines: what they may read, and where it stands."""

from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from waypost.directory.selectors.sitemap import first_ids, piece
from waypost.web.access import open_to_all

XML = "application/xml"
AN_HOUR = 3600
KEY = "sitemap.first_ids"


@open_to_all
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Robots Exclusion Protocol (RFC 9309). Of the search single needs; of a closed directory nothing."""
    if not settings.PUBLIC_DIRECTORY:
        return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")
    lines = [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /*&",
        "Disallow: /?q=",
        "Disallow: /?zip=",
        f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@open_to_all
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: one file for every 10,000 services (sitemaps.org protocol 0.9)."""
    _only_if_public()
    firsts = cache.get(KEY)
    if firsts is None:
        firsts = first_ids()
        cache.set(KEY, firsts, AN_HOUR)
    return render(
        request,
        "web/public/sitemap_index.xml",
        {"firsts": firsts, "base": settings.BASE_URL},
        content_type=XML,
    )


@open_to_all
@require_safe
def sitemap_piece(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """The services from this one on, up to 10,000."""
    _only_if_public()
    rows = piece(service_id)
    if not rows:
        raise Http404
    return render(
        request, "web/public/sitemap.xml", {"rows": rows, "base": settings.BASE_URL}, content_type=XML
    )


def _only_if_public() -> None:
    if not settings.PUBLIC_DIRECTORY:
        raise Http404
