"""The consent room as a Django application."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """What a person agreed to, or would rather not share."""

    name = "waypost.consent"
    label = "consent"

    def ready(self) -> None:
        """Register the jobs."""
        from waypost.consent import jobs  # noqa: F401, PLC0415 - models load first
