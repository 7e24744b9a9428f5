"""Addresses of the API."""

from django.urls import path

from waypost.web.api import views

TABLES = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")

urlpatterns = [
    path("", views.about, name="hsds"),
    path("openapi.json", views.openapi, name="hsds_openapi"),
    path("profile", views.profile, name="hsds_profile"),
    path("tombstones", views.gone, name="hsds_tombstones"),
    *(path(name, views.listed, {"table": name}, name=f"hsds_{name}") for name in TABLES),
    *(path(f"{name}/<str:id>", views.single, {"table": name}, name=f"hsds_one_{name}") for name in TABLES),
    path("<path:anything>", views.nowhere, name="hsds_nowhere"),
]
