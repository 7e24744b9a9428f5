"""Addresses of the queue of claims."""

from django.urls import path

from waypost.web.upkeep import claims

urlpatterns = [
    path("claims/", claims.queue, name="upkeep_claims"),
    path("claims/<uuid:claim_id>/", claims.one, name="upkeep_claim"),
    path("claims/<uuid:claim_id>/code/", claims.code, name="upkeep_claim_code"),
]
