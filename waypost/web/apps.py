"""The web room as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "waypost.web"
    label = "web"
