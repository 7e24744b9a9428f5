"""Addresses of the directory's upkeep."""

from django.urls import URLPattern, URLResolver, include, path

from waypost.web.upkeep import overview

urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.upkeep, name="upkeep"),
    path("", include("waypost.web.upkeep.urls_claims")),
    path("", include("waypost.web.upkeep.urls_reviews")),
    path("", include("waypost.web.upkeep.urls_safety")),
    path("words/", include("waypost.web.upkeep.words.urls")),
    path("", include("waypost.web.upkeep.urls_unmet")),
    path("imports/", include("waypost.web.upkeep.urls_imports")),
    path("exchange/", include("waypost.web.upkeep.urls_exports")),
    path("", include("waypost.web.upkeep.urls_fresh")),
    path("", include("waypost.web.upkeep.urls_sources")),
]
