"""The coordination room as a Django application."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """Requests for coordination, the caseload, contacts."""

    name = "waypost.coordination"
    label = "coordination"
