"""The person is there and asks for exactly this."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class AskedForm(forms.Form):
    """One box to mark. ``together``: on a call made together it may stay empty; else nothing goes."""

    asks = forms.BooleanField()

    def __init__(self, *args: Any, person: str, service: str, together: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {"person": person, "service": service}
        box = self.fields["asks"]
        box.required = not together
        box.label = _("%(person)s is here and asks us to tell %(service)s exactly this") % names
        box.help_text = _("It counts for this once, and is written down with the time.")
        box.error_messages["required"] = (
            _("Mark this only if %(person)s is here and asks. Else go back.") % names
        )
