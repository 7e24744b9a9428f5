"""How somebody may be reached, in words."""

from django.utils.translation import gettext as _

from waypost.people.cards import ContactCard


def instructions(contact: ContactCard) -> str:
    """What to mind before using it, the most important first; nothing where nothing was said."""
    parts = {
        "not_safe": _("NOT SAFE: do not call, text or write"),
        "ask_first": _("ask first if it is a good moment"),
    }
    words = [
        parts.get(contact.safety, ""),
        _("do not call, text only") if contact.kind == "phone" and not contact.may_call else "",
        _("a parent's: say nothing of what the young person asked for alone") if contact.belongs_to else "",
        _("only %(hours)s") % {"hours": contact.safe_hours} if contact.safe_hours else "",
        _("code word: %(word)s") % {"word": contact.code_word} if contact.code_word else "",
        contact.note,
    ]
    return ", ".join(each for each in words if each)
