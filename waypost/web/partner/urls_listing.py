"""Addresses of an organization's own listing."""

from django.urls import path

from waypost.web.partner import our_listing, room

urlpatterns = [
    path("listing/", our_listing.listing, name="listing"),
    path("listing/new/", our_listing.listing_new, name="listing_new"),
    path("listing/<uuid:service_id>/", our_listing.listing_service, name="listing_service"),
    path("listing/<uuid:service_id>/retire/", our_listing.listing_retire, name="listing_retire"),
    path(
        "listing/<uuid:service_id>/changes/<uuid:proposal_id>/withdraw/",
        our_listing.proposal_withdraw,
        name="proposal_withdraw",
    ),
    path("listing/<uuid:service_id>/room/", room.room, name="listing_room"),
    path("listing/<uuid:service_id>/room/forget/", room.room_forget, name="listing_room_forget"),
    path("listing/<uuid:service_id>/reach/", room.reach, name="listing_reach"),
    path("listing/<uuid:service_id>/confirm/", our_listing.listing_confirm, name="listing_confirm"),
]
