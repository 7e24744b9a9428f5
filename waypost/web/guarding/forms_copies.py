"""Forms of a request for a copy of the whole record."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waypost.kernel.clock import today
from waypost.web.staff.forms.base import Day

WORDS = 1000


def came_too_late() -> str:
    """What is said to a page that offers a move which is not open any more."""
    return gettext("Somebody has done this already. Open the page again.")


class CopyForm(forms.Form):
    """Who asked, when, for whom, in which language."""

    asked_on = Day(label=_("When was it asked?"), past=365, help_text=_("The 30 days run from this day."))
    who = forms.ChoiceField(
        label=_("Who asks?"),
        widget=forms.RadioSelect,
        choices=[
            ("person", _("The person")),
            ("acting", _("Somebody whom the person sent in writing")),
            ("parent", _("A parent or guardian of a person under 18")),
        ],
    )
    asked_by = forms.CharField(label=_("Their name, if it is not the person"), required=False, max_length=200)
    language = forms.ChoiceField(
        label=_("Language of the printed copy"), choices=[("en", _("English")), ("es", _("Spanish"))]
    )

    def __init__(self, data: Any = None, *, language: str = "en") -> None:
        first = {"asked_on": today(), "who": "person", "language": "es" if language == "es" else "en"}
        super().__init__(data, initial=first)

    def clean(self) -> dict[str, Any]:
        """Whoever stands in for the person has a name."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("who") in ("acting", "parent") and not typed.get("asked_by", "").strip():
            self.add_error("asked_by", _("Please write the name of whoever asks."))
        return typed


class WordsForm(forms.Form):
    """A few words, for a move that wants them."""

    words = forms.CharField(
        label=_("In a few words"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please write a few words.")},
    )
