"""Addresses of the pages for anybody who looks for help."""

from django.urls import path

from waypost.web.public import about, find, listing

urlpatterns = [
    path("", find.find_help, name="find_help"),
    path("about/", about.about, name="about"),
    path("services/<uuid:service_id>/", listing.service, name="service"),
]
