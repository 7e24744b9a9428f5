"""Addresses of needs for which nothing was found."""

from django.urls import path

from waypost.web.upkeep import unmet

urlpatterns = [
    path("unmet/", unmet.unmet, name="upkeep_unmet"),
    path("unmet/<uuid:gap_id>/answer/", unmet.gap_answer, name="gap_answer"),
]
