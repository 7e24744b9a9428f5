"""The messaging room as a Django application."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Notices, in the page and by e-mail."""

    name = "waypost.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Hear of everything that somebody has to be told."""
        from waypost.kernel import events  # noqa: PLC0415 - models load first
        from waypost.messaging.invitations import send_invitation  # noqa: PLC0415
        from waypost.messaging.jobs import (  # noqa: PLC0415
            announce,
            send_link,
            send_newcomer_answer,
            send_newcomer_link,
        )
        from waypost.messaging.kinds import KINDS  # noqa: PLC0415

        for name in KINDS:
            events.subscribe(name, announce)
        events.subscribe("claim.link_asked", send_link)
        events.subscribe("newcomer.link_asked", send_newcomer_link)
        events.subscribe("newcomer.answered", send_newcomer_answer)
        events.subscribe("invitation.sent", send_invitation)
