"""The e-mail with the link of an invitation: who asks, for which organization, until when."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.kernel.events import Announcement
from waypost.network.cards import InvitationCard
from waypost.network.invited import invitation

_WORDS = gettext_lazy(
    "%(who)s asks you to work with Waypost for %(organization)s, in the network of %(network)s.\n\n"
    "Open this link to choose a password. You read one page about keeping people's stories safe, and then "
    "you can begin. The link works once, until %(until)s:\n\n%(link)s\n\n"
    "If you know nothing of this, do nothing and do not pass the link on."
)


def send_invitation(event: Announcement) -> None:
    """Mail the link; nothing where the invitation was answered or taken back in the meantime.

    Safe to run twice: the same link comes again, with the same Message-ID.
    """
    card = invitation(UUID(event.ids["invitation_id"]))
    if card is not None and card.state == "open":
        compose_invitation(event, card).send()


def compose_invitation(event: Announcement, card: InvitationCard) -> EmailMessage:
    """In English and Spanish, since nobody knows which one the reader prefers."""
    parts = []
    for language in ("en", "es"):
        with translation.override(language):
            facts = {
                "who": card.invited_by,
                "organization": card.organization_name,
                "network": settings.NETWORK_NAME,
                "until": date_format(localtime(card.expires_at), "DATE_FORMAT"),
                "link": f"{settings.BASE_URL}{card.link}",
            }
            parts.append(str(_WORDS) % facts)
    with translation.override("en"):
        subject = _("%(organization)s invites you to Waypost") % {"organization": card.organization_name}
    return EmailMessage(
        subject=" ".join(subject.split()),
        body="\n\n---\n\n".join(parts) + "\n",
        to=[card.email],
        headers={
            "Message-ID": f"<{event.id}.invitation@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
