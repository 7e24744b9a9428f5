"""The referrals room as a Django application."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """The closed loop between two organizations."""

    name = "waypost.referrals"
    label = "referrals"

    def ready(self) -> None:
        """Hear of consents and agreements that end."""
        from waypost.kernel import events  # noqa: PLC0415 - models load first
        from waypost.referrals import jobs  # noqa: F401, PLC0415 - registers the tasks
        from waypost.referrals.services.ending import (  # noqa: PLC0415
            end_with_agreement,
            end_with_consent,
            end_with_refusal,
        )

        events.subscribe("consent.revoked", end_with_consent, in_transaction=True)
        events.subscribe("consent.prefers_not", end_with_refusal, in_transaction=True)
        events.subscribe("consent.blocked", end_with_refusal, in_transaction=True)
        events.subscribe("agreement.ended", end_with_agreement, in_transaction=True)
