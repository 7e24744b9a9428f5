"""The e-mail about a notice: that something waits, and where. Nothing about anybody."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from waypost.accounts.selectors import UserCard
from waypost.messaging.kinds import KINDS
from waypost.messaging.models import Delivery, Notice


def message_id(event_id: UUID, user_id: UUID, base_url: str) -> str:
    """The same for every try, so that a mail server or reader can tell a repetition."""
    return f"<{event_id}.{user_id}@{urlsplit(base_url).hostname}>"


def compose(delivery: Delivery, notice: Notice, reader: UserCard) -> EmailMessage:
    """The message in the reader's language."""
    with translation.override(reader.language):
        line = str(KINDS[notice.kind].mail) % {"reference": notice.reference}
        body = "\n\n".join(
            [
                line,
                f"{settings.BASE_URL}/notices/{notice.id}/",
                _("You have to sign in to read it. For safety this e-mail says nothing more."),
            ]
        )
    return EmailMessage(
        subject=line,
        body=body + "\n",
        to=[reader.email],
        headers={
            "Message-ID": delivery.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": reader.language,
        },
    )
