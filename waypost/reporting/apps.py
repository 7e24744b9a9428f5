"""The reporting room as a Django application."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Figures, each with its numerator, denominator and definition."""

    name = "waypost.reporting"
    label = "reporting"
