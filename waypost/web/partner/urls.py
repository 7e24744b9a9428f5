"""Addresses of the partner pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("waypost.web.partner.urls_inbox")),
    path("", include("waypost.web.partner.urls_claims")),
    path("", include("waypost.web.partner.urls_listing")),
]
