"""Forms about members."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.services import password_faults
from waypost.network.cards import OrganizationCard
from waypost.network.selectors import teams
from waypost.network.services import roles_for
from waypost.network.words import role_sentence, role_title


class RoleForm(forms.Form):
    """A role and a team of one organization."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.RadioSelect)
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)

    def __init__(self, *args: Any, whose: OrganizationCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (each.value, f"{role_title(each)}: {role_sentence(each)}") for each in roles_for(whose.kind)
        ]
        own = [(str(each.id), each.name) for each in teams(whose.id)]
        if own:
            self.fields["team"].choices = [("", _("No team")), *own]  # type: ignore[attr-defined]
        else:
            del self.fields["team"]

    def team_id(self) -> UUID | None:
        """The chosen team."""
        chosen = self.cleaned_data.get("team")
        return UUID(chosen) if chosen else None


class InviteForm(RoleForm):
    """An e-mail address, a role and a team."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Their own address at work. The link goes there and nowhere else."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("email", "role", "team")


class EndForm(forms.Form):
    """Who takes over the work."""

    to = forms.ChoiceField(label=gettext_lazy("Who takes over?"), required=False)

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Choose")), *colleagues]  # type: ignore[attr-defined]

    def to_id(self) -> UUID | None:
        """The chosen colleague."""
        chosen = self.cleaned_data.get("to")
        return UUID(chosen) if chosen else None


class JoinForm(forms.Form):
    """The name and the first password of somebody who was invited."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        help_text=gettext_lazy("As colleagues and the people you help know you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=128,
        help_text=gettext_lazy("At least 12 signs. Three or four words are easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    password2 = forms.CharField(
        label=gettext_lazy("The same again"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Both alike, and good enough."""
        found = super().clean() or {}
        first, second = found.get("password1"), found.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        if first:
            for fault in password_faults(first, email=self.email, name=found.get("name", "")):
                self.add_error("password1", fault)
        return found
