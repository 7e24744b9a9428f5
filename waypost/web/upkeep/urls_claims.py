"""Addresses of the queue of claims."""

from django.urls import path

from waypost.web.upkeep import claims, newcomers

urlpatterns = [
    path("claims/", claims.queue, name="upkeep_claims"),
    path("claims/people/<uuid:newcomer_id>/", newcomers.one, name="upkeep_newcomer"),
    path("claims/people/<uuid:newcomer_id>/called/", newcomers.called, name="upkeep_newcomer_called"),
    path("claims/<uuid:claim_id>/", claims.one, name="upkeep_claim"),
    path("claims/<uuid:claim_id>/code/", claims.code, name="upkeep_claim_code"),
]
