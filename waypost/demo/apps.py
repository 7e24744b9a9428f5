"""The demo room as a Django application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The synthetic community, invented from end to end."""

    name = "waypost.demo"
    label = "demo"
