"""Addresses of what the privacy officer looks after."""

from django.urls import path

from waypost.web.guarding import chain, emergencies, hub

urlpatterns = [
    path("", hub.hub, name="privacy"),
    path("emergencies/", emergencies.emergencies, name="emergencies"),
    path("emergencies/open/", emergencies.emergency_open, name="emergency_open"),
    path("emergencies/<uuid:emergency_id>/", emergencies.emergency, name="emergency"),
    path("emergencies/<uuid:emergency_id>/end/", emergencies.emergency_end, name="emergency_end"),
    path("emergencies/<uuid:emergency_id>/review/", emergencies.emergency_review, name="emergency_review"),
    path("audit/", chain.audit_page, name="privacy_audit"),
]
