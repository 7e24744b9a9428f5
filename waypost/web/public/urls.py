"""Addresses of the public pages."""

from django.urls import URLPattern, URLResolver, include, path

from waypost.web.public import rights

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("waypost.web.public.urls_find")),
    path("", include("waypost.web.public.urls_fault")),
    path("your-rights/", rights.rights, name="rights"),
]
