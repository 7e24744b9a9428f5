"""The reporting room as a Django application."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Facts and figures."""

    name = "waypost.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Hear of everything that changes a figure."""
        from waypost.kernel import events  # noqa: PLC0415 - models load first
        from waypost.reporting.jobs import CHANGES, count_again  # noqa: PLC0415

        for name in CHANGES:
            events.subscribe(name, count_again)
