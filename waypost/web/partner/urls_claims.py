"""Addresses of claiming a listing."""

from django.urls import path

from waypost.web.partner import claims

urlpatterns = [
    path("listing/find/", claims.find, name="claim_find"),
    path("listing/find/<uuid:organization_id>/", claims.begin, name="claim_begin"),
    path("listing/claims/<uuid:claim_id>/", claims.one, name="claim"),
    path("listing/claims/link/<str:token>/", claims.link, name="claim_link"),
]
