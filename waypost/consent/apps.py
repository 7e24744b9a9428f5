"""The consent room as a Django application."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """What a person agreed to, or would rather not share."""

    name = "waypost.consent"
    label = "consent"

    def ready(self) -> None:
        """Register the jobs; hear of young people who come of age."""
        from waypost.consent import jobs  # noqa: F401, PLC0415 - models load first
        from waypost.consent.services.aging import end_with_age  # noqa: PLC0415
        from waypost.kernel import events  # noqa: PLC0415

        events.subscribe("person.came_of_age", end_with_age, in_transaction=True)
