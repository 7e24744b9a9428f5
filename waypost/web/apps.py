"""The web room as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "waypost.web"
    label = "web"

    def ready(self) -> None:
        """Register the jobs."""
        from waypost.web import jobs  # noqa: F401, PLC0415 - registers the tasks
