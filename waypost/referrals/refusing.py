"""Why a recipient may not answer any more, in words for its worker."""

from datetime import datetime

from django.utils.translation import gettext as _


def reply_refusal(*, ended_at: datetime | None, ran_out: bool, may_reply: bool, sender: str) -> str:
    """The words, or nothing where an answer may still go. ``sender``: the organization that would read it.

    Reporting back is a disclosure of its own (design § 3): it ends when the agreement does.
    """
    if ended_at is not None and ran_out:
        words = _(
            "The agreement to share has run out. What you received stays with you; "
            "nothing more can be sent to %(sender)s."
        )
    elif ended_at is not None:
        words = _(
            "The person took back the agreement to share. What you received stays with you; "
            "nothing more can be sent to %(sender)s."
        )
    elif not may_reply:
        words = _("You may not tell %(sender)s about this person. They will ask the person.")
    else:
        return ""
    return words % {"sender": sender}
