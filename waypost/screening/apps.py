"""The screening room as a Django application."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Questions asked, answers given, needs found."""

    name = "waypost.screening"
    label = "screening"
