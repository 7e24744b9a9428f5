"""Which own record is the person who was referred?"""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from waypost.people.cards import Likeness
from waypost.web.presenting import language_name

NEW = "new"


class TakeForm(forms.Form):
    """A new record, or a likely one among one's own people."""

    record = forms.ChoiceField(widget=forms.RadioSelect, initial=NEW)

    def __init__(self, *args: Any, likely: list[Likeness], person: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record = self.fields["record"]
        record.label = _("Is %(person)s one of these people?") % {"person": person}
        if isinstance(record, forms.ChoiceField):
            record.choices = [
                *((str(each.person.id), person_line(each)) for each in likely),
                (NEW, _("No: make a new record") if likely else _("Make a new record")),
            ]
        if likely:
            record.initial = None

    def chosen(self) -> UUID | None:
        """The own record that was chosen; None for a new one."""
        record = self.cleaned_data["record"]
        return None if record == NEW else UUID(record)


def person_line(each: Likeness) -> str:
    """A likely person in one line: name, birth date, phone, language, and why likely."""
    row = each.person
    born = _("born %(date)s") % {"date": row.birth_date.isoformat()} if row.birth_date else ""
    language = language_name(row.language) if row.language else ""
    return " · ".join(part for part in (row.name, born, row.phone, language, why_likely(each)) if part)


def why_likely(each: Likeness) -> str:
    """Why two records may be the same person, in words."""
    words = {
        "name": _("same name"),
        "similar_name": _("similar name"),
        "birth_date": _("same birth date"),
        "phone": _("same phone"),
    }
    return ", ".join(words.get(code, code) for code in each.reasons)
