"""Addresses of what the privacy officer looks after."""

from django.urls import path

from waypost.web.guarding import chain, hub

urlpatterns = [
    path("", hub.hub, name="privacy"),
    path("audit/", chain.audit_page, name="privacy_audit"),
]
