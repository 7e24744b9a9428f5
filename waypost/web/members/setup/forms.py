"""Forms of the set-up."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.disclosure.rules import facts
from waypost.disclosure.words import purpose_name
from waypost.network.cards import OrganizationCard
from waypost.network.choices import AGREEMENT_KINDS, KINDS, LEGAL_STATUSES, PERSON_WORDS
from waypost.network.selectors import organizations
from waypost.web.staff.forms.base import Day

YEARS = 366 * 30
PURPOSES = (facts.CARE_COORDINATION, facts.TREATMENT, facts.PAYMENT, facts.OPERATIONS)


class OrganizationForm(forms.Form):
    """A participant."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=KINDS)
    legal_status = forms.ChoiceField(
        label=gettext_lazy("How the law sees it"),
        choices=LEGAL_STATUSES,
        help_text=gettext_lazy("Decides which rules hold for what it keeps. Ask its lawyer when unsure."),
    )
    person_word = forms.ChoiceField(label=gettext_lazy("Its word for people"), choices=PERSON_WORDS)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    notice_email = forms.EmailField(label=gettext_lazy("E-mail for notices"), required=False)

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["kind"]


class AgreementForm(forms.Form):
    """Who agreed to what, from when to when."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of agreement"), choices=AGREEMENT_KINDS)
    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Between"), widget=forms.CheckboxSelectMultiple(attrs={"class": "list"})
    )
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("Lets them share for"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "list"}),
        help_text=gettext_lazy(
            "As the paper says. With none it is kept on file and opens nothing; so does a memorandum."
        ),
    )
    signed_on = Day(label=gettext_lazy("Signed on"), past=YEARS)
    valid_from = Day(label=gettext_lazy("Holds from"), past=YEARS, future=YEARS)
    valid_to = Day(
        label=gettext_lazy("Holds through"),
        required=False,
        past=0,
        future=YEARS,
        help_text=gettext_lazy("Empty: until somebody ends it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: list[OrganizationCard] = organizations()
        self.fields["purposes"].choices = [  # type: ignore[attr-defined]
            (code, purpose_name(code)) for code in PURPOSES
        ]
        self.fields["parties"].choices = [(str(each.id), each.name) for each in named]  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    """A signed copy of an agreement."""

    copy = forms.FileField(
        label=gettext_lazy("Signed copy: PDF or picture"),
        help_text=gettext_lazy("At most 8 MB. The parties can download it; nobody can change it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        allow_empty_file=True,
    )


class WithdrawForm(forms.Form):
    """Why a copy is withdrawn."""

    why = forms.CharField(
        label=gettext_lazy("Why is it withdrawn?"),
        max_length=300,
        help_text=gettext_lazy(
            "For example: the wrong file. Name nobody. The reason stays with the agreement."
        ),
        error_messages={"required": gettext_lazy("Say why it is withdrawn.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NameForm(forms.Form):
    """A site or a team."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)

    def trouble(self) -> str:
        """The words of what is wrong."""
        return _("Give it a name.") if self.errors else ""
