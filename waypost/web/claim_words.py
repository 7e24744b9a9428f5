"""Claims in words, for those who claim and for the network's staff alike."""

from django.utils.translation import gettext as _

from waypost.directory.selectors import ClaimCard, ClaimMove
from waypost.web.presenting import Tag

TAGS = {
    "requested": "wait",
    "proving": "wait",
    "proven": "info",
    "review": "wait",
    "granted": "good",
    "refused": "stop",
    "withdrawn": "plain",
}


def claim_tag(claim: ClaimCard) -> Tag:
    """How it stands, and on whom it waits."""
    words = {
        "requested": _("Not proved yet"),
        "proving": _("Waits for a call from the network") if claim.way == "phone" else _("Link sent"),
        "proven": _("Proved; the network's staff decide"),
        "review": _("The network's staff look at it"),
        "granted": _("Granted"),
        "refused": _("Refused"),
        "withdrawn": _("Withdrawn"),
    }
    return Tag(TAGS[claim.status], words[claim.status])


def move_words(move: ClaimMove) -> str:
    """What happened, as a sentence without its subject."""
    words = {
        "prove": _("chose how to prove it"),
        "succeed": _("proved it"),
        "ask_review": _("asked the network's staff to look at it"),
        "hand_over": _("the listing was handed over"),
        "grant": _("granted it"),
        "refuse": _("refused it"),
        "withdraw": _("took it back"),
    }
    return words[move.name]
