"""The guarding room as a Django application."""

from django.apps import AppConfig


class GuardingConfig(AppConfig):
    """What the privacy officer looks after."""

    name = "waypost.guarding"
    label = "guarding"

    def ready(self) -> None:
        """Register the jobs."""
        from waypost.guarding import jobs  # noqa: F401, PLC0415 - registers the tasks
