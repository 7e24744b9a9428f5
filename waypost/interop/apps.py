"""Interop as a Django application, so that its commands and jobs are found."""

from django.apps import AppConfig


class InteropConfig(AppConfig):
    """Readers and writers of other systems' formats."""

    name = "waypost.interop"
    label = "interop"

    def ready(self) -> None:
        """Register the jobs."""
        from waypost.interop import jobs  # noqa: F401, PLC0415 - registers the tasks
