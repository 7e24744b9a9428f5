"""Holds and records whose time is over, in words."""

from django.utils.translation import gettext as _

from waypost.guarding.machine import ASKED, DONE, DUE, LAPSED


def disposal_status(status: str) -> tuple[str, str]:
    """How it stands: the kind of its tag, and the words."""
    return {
        DUE: ("plain", _("Time is over")),
        ASKED: ("wait", _("To be confirmed")),
        DONE: ("stop", _("Destroyed")),
        LAPSED: ("plain", _("Kept after all")),
    }[status]


def why_words(code: str) -> str:
    """What keeps a record."""
    return {
        "hold": _("A hold is on it."),
        "need": _("A need is open."),
        "consent": _("What the person agreed to is in force."),
        "referral": _("A referral is under way."),
        "episode": _("Somebody works with the person."),
        "request": _("A request for coordination is open."),
        "asked": _("The person asked for a copy or a correction, and waits."),
    }[code]


def section_name(name: str) -> str:
    """A section of the record."""
    return {
        "identity": _("Name, birth date and what else tells who it is"),
        "contacts": _("Phones, e-mail, addresses"),
        "links": _("Links to other records"),
        "answers": _("Answers to questions"),
        "needs": _("Needs"),
        "need_history": _("What happened to needs"),
        "consents": _("What the person said about sharing"),
        "forms": _("Signed forms"),
        "scans": _("Scans and signatures"),
        "copies_of_forms": _("Copies of forms given"),
        "referrals": _("Referrals"),
        "referral_history": _("What happened to referrals"),
        "referral_reports": _("What came of referrals"),
        "requests": _("Requests for coordination"),
        "follow_up": _("Work with the person"),
        "notes": _("Contacts and notes"),
        "services_given": _("Services given"),
        "who_may_look": _("Who may look"),
        "corrections": _("Requests for corrections"),
        "requests_for_copies": _("Requests for copies"),
        "holds": _("Holds that were lifted"),
    }.get(name, name)


def mention_name(kind: str) -> str:
    """Where a name stands in words."""
    return {
        "incident": _("Privacy incident"),
        "demand": _("Legal demand"),
        "step": _("What was done about it"),
        "emergency": _("Emergency access"),
    }.get(kind, kind)
