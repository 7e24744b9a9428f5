"""Could I get this? A few questions beside a listing's rules. Nothing is kept, or stands in the address."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from waypost.directory.rules import Facts, Verdict
from waypost.directory.rules.papers import PAPERS
from waypost.directory.selectors import check_service, service_page, zip_place
from waypost.directory.words import reason_words
from waypost.kernel.errors import NotVisible
from waypost.web.access import open_directory
from waypost.web.attempts import REFUSED
from waypost.web.presenting import Tag, language_choices
from waypost.web.quick_exit import is_about_violence

OLDEST, MOST_PEOPLE, MOST_DOLLARS = 120, 30, 10_000_000
YES_NO = [
    ("", gettext_lazy("I would rather not say")),
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
]
PAPER_WORDS = {
    "photo_id": gettext_lazy("Photo ID"),
    "proof_of_address": gettext_lazy("Proof of address"),
    "proof_of_income": gettext_lazy("Proof of income"),
    "birth_certificate": gettext_lazy("Birth certificate"),
    "social_security_card": gettext_lazy("Social Security card"),
    "insurance_card": gettext_lazy("Insurance card"),
}
ORDER = (Verdict.MAY_NOT, Verdict.NOT_KNOWN, Verdict.FITS)


def _whole(label: Any, most: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=hint, required=False, min_value=0, max_value=most,
        widget=forms.NumberInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip


class CheckForm(forms.Form):
    """Every question may be left out."""

    age = _whole(gettext_lazy("Age in years"), OLDEST)
    months = _whole(
        gettext_lazy("and months"), 11, gettext_lazy("For a baby: 0 years and 7 months, for example.")
    )
    zip = forms.CharField(label=gettext_lazy("ZIP code"), required=False, max_length=10)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    household_size = _whole(gettext_lazy("People in the household"), MOST_PEOPLE)
    income = forms.DecimalField(
        label=gettext_lazy("Income of the household in a year, in dollars"),
        required=False,
        min_value=0,
        max_value=MOST_DOLLARS,
        decimal_places=2,
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        required=False,
        choices=[YES_NO[0], ("female", gettext_lazy("Female")), ("male", gettext_lazy("Male"))],
    )
    children = forms.ChoiceField(
        label=gettext_lazy("Children in the household?"), required=False, choices=YES_NO
    )
    veteran = forms.ChoiceField(label=gettext_lazy("Veteran?"), required=False, choices=YES_NO)
    insurance = forms.ChoiceField(
        label=gettext_lazy("Health insurance"),
        required=False,
        choices=[
            YES_NO[0],
            ("none", gettext_lazy("None")),
            ("medicaid", "Medicaid"),
            ("medicare", "Medicare"),
            ("other", gettext_lazy("Another one")),
        ],
    )
    documents = forms.MultipleChoiceField(
        label=gettext_lazy("Papers at hand"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind, PAPER_WORDS[kind]) for kind in PAPERS],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [YES_NO[0], *language_choices()]  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        """What was told, as the rules read it; a question that was left out is not compared."""
        said = self.cleaned_data
        age, months = said["age"], said["months"]
        yes_no = {"yes": True, "no": False}
        income = said["income"]
        return Facts(
            age=age,
            age_months=None if months is None else (age or 0) * 12 + months,
            language=said["language"],
            place=zip_place(said["zip"]) if said["zip"] else None,
            sex=said["sex"],
            veteran=yes_no.get(said["veteran"]),
            children=yes_no.get(said["children"]),
            household_size=said["household_size"] or None,
            income=None if income is None else Decimal(income),
            documents=frozenset(said["documents"]) if said["documents"] else None,
            insurance=said["insurance"],
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """One criterion."""

    tag: Tag
    words: str


@open_directory
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """The questions, and after a POST the answers below them."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    asked = form.is_bound and form.is_valid()
    try:
        page = service_page(service_id)
        found = check_service(service_id, form.facts() if asked else Facts())
    except NotVisible as hidden:
        raise Http404 from hidden
    reasons = sorted(found.reasons, key=lambda each: ORDER.index(each.verdict)) if asked else []
    context = {
        "page": page,
        "violent": is_about_violence(page.listing),
        "form": form,
        "asked": asked,
        "answers": [Answer(_tag(each.verdict), reason_words(each)) for each in reasons],
        "title": _("Could I get this?"),
    }
    return render(request, "web/public/check.html", context, status=REFUSED if form.errors else 200)


def _tag(verdict: Verdict) -> Tag:
    return {
        Verdict.MAY_NOT: Tag("stop", _("may not fit")),
        Verdict.NOT_KNOWN: Tag("wait", _("not known")),
        Verdict.FITS: Tag("good", _("fits")),
    }[verdict]
