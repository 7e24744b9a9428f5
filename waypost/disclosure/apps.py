"""The disclosure room as a Django application."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The gate: who may see what of whom, and why."""

    name = "waypost.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        """Hear of consents that end."""
        from waypost.disclosure.projection import end_with_consent  # noqa: PLC0415 - models load first
        from waypost.kernel import events  # noqa: PLC0415

        events.subscribe("consent.revoked", end_with_consent, in_transaction=True)
