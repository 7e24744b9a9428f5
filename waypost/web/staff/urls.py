"""Addresses of the staff pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("waypost.web.staff.urls_people")),
    path("", include("waypost.web.staff.urls_referrals")),
    path("", include("waypost.web.staff.urls_directory")),
    path("", include("waypost.web.staff.urls_office")),
]
