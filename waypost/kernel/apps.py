"""The kernel as a Django application."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Loads the kernel's background jobs."""

    name = "waypost.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Register the jobs."""
        from waypost.kernel import jobs  # noqa: F401, PLC0415 - registers the tasks
