"""The screening room as a Django application."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Questions asked, answers given, needs found."""

    name = "waypost.screening"
    label = "screening"

    def ready(self) -> None:
        """Hear of what a young person agrees to alone."""
        from waypost.kernel import events  # noqa: PLC0415 - models load first
        from waypost.screening.alone import mark_what_was_asked_alone  # noqa: PLC0415

        events.subscribe("consent.agreed", mark_what_was_asked_alone, in_transaction=True)
