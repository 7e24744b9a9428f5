"""Addresses of exports."""

from django.urls import path

from waypost.web.upkeep import exports

urlpatterns = [
    path("", exports.exchange, name="exchange"),
    path("files/", exports.files, name="exchange_files"),
    path("ask/", exports.ask, name="exchange_ask"),
    path("<uuid:export_id>/", exports.fetch, name="exchange_fetch"),
]
