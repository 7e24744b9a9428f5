"""Addresses of an organization's own listing."""

from django.urls import path

from waypost.web.partner import our_hours, our_listing, our_organization, our_places, room

urlpatterns = [
    path("listing/", our_listing.listing, name="listing"),
    path("listing/new/", our_listing.listing_new, name="listing_new"),
    path("listing/<uuid:service_id>/", our_listing.listing_service, name="listing_service"),
    path("listing/<uuid:service_id>/retire/", our_listing.listing_retire, name="listing_retire"),
    path("listing/<uuid:service_id>/hours/", our_hours.hours, name="listing_hours"),
    path(
        "listing/<uuid:service_id>/hours/<uuid:location_id>/",
        our_hours.hours_at_place,
        name="listing_hours_at_place",
    ),
    path("listing/<uuid:service_id>/where/", our_places.where, name="listing_where"),
    path(
        "listing/organizations/<uuid:organization_id>/",
        our_organization.organization,
        name="listing_organization",
    ),
    path(
        "listing/organizations/<uuid:organization_id>/places/new/",
        our_places.place_new,
        name="listing_place_new",
    ),
    path("listing/places/<uuid:location_id>/", our_places.place, name="listing_place"),
    path(
        "listing/places/<uuid:location_id>/private/", our_places.place_private, name="listing_place_private"
    ),
    path("listing/places/<uuid:location_id>/delete/", our_places.place_remove, name="listing_place_remove"),
    path(
        "listing/places/<uuid:location_id>/end/<uuid:service_id>/",
        our_places.place_end,
        name="listing_place_end",
    ),
    path(
        "listing/changes/<uuid:proposal_id>/withdraw/",
        our_organization.proposal_withdraw,
        name="proposal_withdraw",
    ),
    path("listing/<uuid:service_id>/room/", room.room, name="listing_room"),
    path("listing/<uuid:service_id>/room/forget/", room.room_forget, name="listing_room_forget"),
    path("listing/<uuid:service_id>/reach/", room.reach, name="listing_reach"),
    path("listing/<uuid:service_id>/confirm/", our_listing.listing_confirm, name="listing_confirm"),
]
