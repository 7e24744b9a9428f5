"""The guarding room as a Django application."""

from django.apps import AppConfig


class GuardingConfig(AppConfig):
    """What the privacy officer looks after."""

    name = "waypost.guarding"
    label = "guarding"
