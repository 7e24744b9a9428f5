"""The people room as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, as each organization knows them: identity, contact, links."""

    name = "waypost.people"
    label = "people"

    def ready(self) -> None:
        """Register the job."""
        from waypost.people import jobs  # noqa: F401, PLC0415 - models load first
