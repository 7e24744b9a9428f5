"""Small things the page frame needs of a message: its colour, and where to undo what it tells."""

from django import template
from django.contrib.messages.storage.base import Message

register = template.Library()

UNDO = "undo:"
_KINDS = {"success": "good", "info": "info", "warning": "wait", "error": "stop", "debug": "plain"}


@register.filter
def note_kind(message: Message) -> str:
    """The kind of note (good, info, wait, stop) a message is shown as."""
    return _KINDS.get(message.level_tag, "info")


@register.filter
def undo_url(message: Message) -> str:
    """Where to POST to undo what the message tells, or an empty string.

    A view says so with ``extra_tags="undo:/the/path/"``.
    """
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix(UNDO) for tag in tags if tag.startswith(UNDO + "/")), "")
