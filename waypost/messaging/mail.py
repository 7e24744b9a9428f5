"""The e-mail about a notice: that something waits, and where. Nothing about anybody."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.selectors import UserCard
from waypost.directory.selectors import NewcomerCard
from waypost.kernel.events import Announcement
from waypost.messaging.kinds import KINDS
from waypost.messaging.models import Delivery, Notice

_LINK = gettext_lazy(
    "%(who)s of %(organization)s asked to keep the listing of %(listing)s in the directory of %(network)s, "
    "so that what people read about it is right.\n\n"
    "If that was you, open this link within two days and sign in:\n\n%(link)s\n\n"
    "If you know nothing of this, do nothing and do not pass the link on: nothing changes without it."
)


_NEWCOMER_LINK = gettext_lazy(
    "%(who)s asked to keep the listing of %(listing)s in the directory of %(network)s, so that what people "
    "read about it is right.\n\n"
    "If that was you, open this link within two days and press the button:\n\n%(link)s\n\n"
    "If you know nothing of this, do nothing and do not pass the link on: nothing changes without it."
)
_LET_IN = gettext_lazy(
    "%(network)s handed the listing of %(listing)s to your organization. An invitation comes in another "
    "e-mail: with it you sign in and change the listing.\n\n%(words)s"
)
_NOT_LET_IN = gettext_lazy(
    "You asked to keep the listing of %(listing)s in the directory of %(network)s. We cannot hand it "
    "over.\n\n%(words)s"
)


def message_id(event_id: UUID, user_id: UUID, base_url: str) -> str:
    """The same for every try, so that a mail server or reader can tell a repetition."""
    return f"<{event_id}.{user_id}@{urlsplit(base_url).hostname}>"


def compose_link(event: Announcement, address: str, token: str, listing: str, reference: str) -> EmailMessage:
    """To a mailbox of a listed organization: who asked, for which public listing, and the link.

    In English and Spanish, since nobody knows who reads it.
    """
    facts = {
        "who": event.actor.name,
        "organization": event.actor.organization_name,
        "listing": listing,
        "network": settings.NETWORK_NAME,
        "reference": reference,
        "link": f"{settings.BASE_URL}/listing/claims/link/{token}/",
    }
    parts = []
    for language in ("en", "es"):
        with translation.override(language):
            parts.append(str(_LINK) % facts)
    with translation.override("en"):
        subject = _("Is %(listing)s yours? Claim %(reference)s") % facts
    return EmailMessage(
        subject=" ".join(subject.split()),
        body="\n\n---\n\n".join(parts) + "\n",
        to=[address],
        headers={
            "Message-ID": f"<{event.id}.claim@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def compose_newcomer_link(event: Announcement, card: NewcomerCard, token: str) -> EmailMessage:
    """To a mailbox of a listed organization, for somebody without an account; English and Spanish."""
    facts = {
        "who": card.name,
        "listing": card.organization_name,
        "network": settings.NETWORK_NAME,
        "reference": card.reference,
        "link": f"{settings.BASE_URL}/ours/{token}/",
    }
    parts = []
    for language in ("en", "es"):
        with translation.override(language):
            parts.append(str(_NEWCOMER_LINK) % facts)
    with translation.override("en"):
        subject = _("Is %(listing)s yours? Request %(reference)s") % facts
    return _to_newcomer(event, card, subject, "\n\n---\n\n".join(parts))


def compose_newcomer_answer(event: Announcement, card: NewcomerCard) -> EmailMessage:
    """What came of a request by somebody without an account, in the language in which it was made."""
    with translation.override(card.language):
        facts = {
            "listing": card.organization_name,
            "network": settings.NETWORK_NAME,
            "words": card.answer,
            "reference": card.reference,
        }
        body = str(_LET_IN if card.status == "invited" else _NOT_LET_IN) % facts
        subject = _("The listing of %(listing)s: request %(reference)s") % facts
    return _to_newcomer(event, card, subject, body)


def _to_newcomer(event: Announcement, card: NewcomerCard, subject: str, body: str) -> EmailMessage:
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body + "\n",
        to=[card.email],
        headers={
            "Message-ID": f"<{event.id}.newcomer@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )


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
