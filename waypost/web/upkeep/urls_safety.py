"""Addresses for keeping shelters hidden."""

from django.urls import path

from waypost.web.upkeep import organization, safety

urlpatterns = [
    path("safety/", safety.holds, name="upkeep_safety"),
    path("safety/<uuid:organization_id>/", safety.decide, name="upkeep_safety_decide"),
    path("organizations/<uuid:organization_id>/", organization.organization, name="upkeep_organization"),
    path("organizations/<uuid:organization_id>/victims/", organization.victims, name="upkeep_victim_service"),
    path(
        "organizations/<uuid:organization_id>/places/<uuid:location_id>/",
        organization.place,
        name="upkeep_place",
    ),
]
