"""The directory room as a Django application."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Services of the community, kept as Human Services Data (HSDS 3.2)."""

    name = "waypost.directory"
    label = "directory"

    def ready(self) -> None:
        """Register the jobs."""
        from waypost.directory import jobs  # noqa: F401, PLC0415 - registers the tasks
