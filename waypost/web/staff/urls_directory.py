"""Addresses of the directory for staff."""

from django.urls import path

from waypost.web.staff import directory

urlpatterns = [path("directory/", directory.directory, name="directory")]
