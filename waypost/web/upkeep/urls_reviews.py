"""Addresses of the review of delicate changes."""

from django.urls import path

from waypost.web.upkeep import reviews

urlpatterns = [
    path("reviews/", reviews.queue, name="upkeep_reviews"),
    path("reviews/<uuid:proposal_id>/", reviews.decide, name="upkeep_review"),
]
