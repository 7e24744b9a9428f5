"""The guarding room as a Django application."""

from django.apps import AppConfig


class GuardingConfig(AppConfig):
    """What the privacy officer looks after."""

    name = "waypost.guarding"
    label = "guarding"

    def ready(self) -> None:
        """Register the jobs; hear of reviews."""
        from waypost.guarding import jobs  # noqa: F401, PLC0415 - registers the tasks
        from waypost.guarding.services.incidents import after_review  # noqa: PLC0415 - models load first
        from waypost.kernel import events  # noqa: PLC0415

        events.subscribe("emergency.not_justified", after_review, in_transaction=True)
