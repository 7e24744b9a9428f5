"""Interop as a Django application, so that its commands and jobs are found."""

from django.apps import AppConfig


class InteropConfig(AppConfig):
    """Readers and writers of other systems' formats."""

    name = "waypost.interop"
    label = "interop"

    def ready(self) -> None:
        """Register the jobs; files that were written before a place became private go with its address."""
        from waypost.interop import jobs  # noqa: F401, PLC0415 - registers the tasks
        from waypost.interop.hsds.export_files import forget_all  # noqa: PLC0415 - needs the models
        from waypost.kernel import events  # noqa: PLC0415

        events.subscribe("place.private", forget_all, in_transaction=True)
