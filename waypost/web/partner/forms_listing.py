"""The form in which an organization says what one of its services is."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.directory.cards import ListingCard, PhoneCard, ServicePage
from waypost.directory.choices import HowToReach
from waypost.directory.fields import as_json
from waypost.directory.selectors import need_categories
from waypost.directory.services import PhoneEntry, ServiceEntry
from waypost.web.partner import week
from waypost.web.partner.reach_words import OWN_REACH
from waypost.web.presenting import english_language, listed_language
from waypost.web.service_words import NOT_FOR_TALKING, web_address

LONG, SHORT, OLDEST = 5000, 500, 120


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ListingForm(forms.Form):
    """Everything that people ask about a service, in their order; the hours of one that is there apart."""

    name = forms.CharField(label=gettext_lazy("Name of the service"), max_length=200)
    description = forms.CharField(
        label=gettext_lazy("What it is"),
        help_text=gettext_lazy("A few plain sentences: what people get, and from whom."),
        max_length=LONG,
        widget=_area(4),
    )
    need_categories = forms.MultipleChoiceField(
        label=gettext_lazy("What it helps with"), widget=forms.CheckboxSelectMultiple
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    website = forms.CharField(
        label=gettext_lazy("Website"),
        help_text=gettext_lazy("With https:// at the beginning."),
        required=False,
        max_length=SHORT,
    )
    how_to_reach = forms.ChoiceField(
        label=gettext_lazy("How should people come to you?"),
        choices=OWN_REACH,
        widget=forms.RadioSelect,
    )
    application_process = forms.CharField(
        label=gettext_lazy("How to get it"),
        help_text=gettext_lazy("For example: come on a Saturday, no appointment needed."),
        required=False,
        max_length=LONG,
        widget=_area(3),
    )
    hours_words = forms.CharField(
        label=gettext_lazy("Hours in your own words"),
        help_text=gettext_lazy("What a week cannot say, such as “first Tuesday of the month”."),
        required=False,
        max_length=SHORT,
        widget=_area(2),
    )
    cost = forms.CharField(
        label=gettext_lazy("What it costs"),
        help_text=gettext_lazy("Write “free” if it is free."),
        required=False,
        max_length=SHORT,
    )
    eligibility = forms.CharField(
        label=gettext_lazy("Who may come"),
        help_text=gettext_lazy("Write “anyone” if there is no rule."),
        required=False,
        max_length=LONG,
        widget=_area(3),
    )
    minimum_age = forms.DecimalField(
        label=gettext_lazy("Youngest age"), required=False, min_value=0, max_value=OLDEST, decimal_places=2
    )
    maximum_age = forms.DecimalField(
        label=gettext_lazy("Oldest age"), required=False, min_value=0, max_value=OLDEST, decimal_places=2
    )
    areas = forms.CharField(
        label=gettext_lazy("Area you serve"),
        help_text=gettext_lazy("ZIP codes, towns or counties, one a line."),
        required=False,
        max_length=LONG,
        widget=_area(2),
    )
    required_documents = forms.CharField(
        label=gettext_lazy("What to bring"),
        help_text=gettext_lazy("One paper a line. Write “nothing” if none is needed."),
        required=False,
        max_length=LONG,
        widget=_area(2),
    )
    languages = forms.CharField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("With commas between them: English, Spanish."),
        required=False,
        max_length=SHORT,
    )

    def __init__(self, *args: Any, page: ServicePage | None = None, **kwargs: Any) -> None:
        self.page = page
        first = _initial(page) if page else {"how_to_reach": HowToReach.INBOX}
        kwargs.setdefault("initial", first)
        super().__init__(*args, **kwargs)
        chosen = [(each.code, each.name) for each in need_categories()]
        self.fields["need_categories"].choices = [*chosen[1:], chosen[0]]  # type: ignore[attr-defined]
        if page:
            del self.fields["hours_words"]
        else:
            self.fields.update(week.fields())

    @property
    def days(self) -> list[tuple[forms.BoundField, forms.BoundField, str]]:
        """Fields and name of each weekday."""
        names = [str(name) for name in WEEKDAYS.values()]
        return [(self[f"opens_{each}"], self[f"closes_{each}"], names[each]) for each in range(len(names))]

    def clean_website(self) -> str:
        """An address that can be a link."""
        given: str = self.cleaned_data["website"]
        if given and not web_address(given):
            raise forms.ValidationError(_("Write the whole address, such as https://example.org."))
        return given

    def clean(self) -> dict[str, Any]:
        """Days with only one end; ages the wrong way round."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name, words in ({} if self.page else week.problems(values)).items():
            if name not in self.errors:
                self.add_error(name, words)
        low, high = values.get("minimum_age"), values.get("maximum_age")
        if low is not None and high is not None and low > high:
            self.add_error("maximum_age", _("The oldest age is below the youngest."))
        return values

    def said(self) -> dict[str, Any]:
        """What was changed, by field of the directory and as facts hold it; needs and reach come apart."""
        entry, touched = self.entry(), {_of_field(each) for each in self.changed_data}
        values: dict[str, Any] = {
            "name": entry.name,
            "description": entry.description,
            "phones": [_phone_fact(each) for each in entry.phones],
            "email": entry.email,
            "url": entry.url,
            "application_process": entry.application_process,
            "fees_description": entry.cost,
            "eligibility_description": entry.eligibility,
            "minimum_age": as_json(entry.minimum_age),
            "maximum_age": as_json(entry.maximum_age),
            "service_areas": [{"name": each} for each in entry.areas],
            "required_documents": [{"document": each} for each in entry.required_documents],
            "languages": [{"name": each} for each in entry.languages],
        }
        return {field: value for field, value in values.items() if field in touched}

    def entry(self) -> ServiceEntry:
        """What was typed, on top of what this form does not ask about."""
        values = self.cleaned_data
        base = _kept(self.page) if self.page else ServiceEntry(name=values["name"])
        plain = ("name", "description", "email", "how_to_reach", "application_process", "cost", "eligibility")
        return replace(
            base,
            **{name: values[name] for name in plain},
            url=values["website"],
            need_categories=tuple(values["need_categories"]),
            minimum_age=values["minimum_age"],
            maximum_age=values["maximum_age"],
            phones=self._phones(),
            hours=() if self.page else week.entries(values),
            languages=_languages(values["languages"]),
            areas=_parts(values["areas"]),
            required_documents=_parts(values["required_documents"]),
        )

    def _phones(self) -> tuple[PhoneEntry, ...]:
        """The number people talk on is replaced; fax and the like stay."""
        listing = self.page.listing if self.page else None
        main = _main_phone(listing) if listing else None
        others = [each for each in listing.phones if each != main] if listing else []
        number = self.cleaned_data["phone"]
        kept = [PhoneEntry(each.number, each.extension, each.type, each.description) for each in others]
        if not number:
            return tuple(kept)
        first = PhoneEntry(number)
        if main:
            first = PhoneEntry(number, main.extension, main.type, main.description)
        return (first, *kept)


FIELDS = {
    "phone": "phones",
    "website": "url",
    "cost": "fees_description",
    "eligibility": "eligibility_description",
    "areas": "service_areas",
}


def _of_field(name: str) -> str:
    """The field of the directory that a field of this form is about."""
    return FIELDS.get(name, name)


def _phone_fact(entry: PhoneEntry) -> dict[str, str]:
    kept = {"number": entry.number, "extension": entry.extension, "type": entry.type}
    return {name: value for name, value in (kept | {"description": entry.description}).items() if value}


def _main_phone(listing: ListingCard) -> PhoneCard | None:
    """The number this form asks about, whether it can be dialled or not."""
    return next((each for each in listing.phones if each.type.lower() not in NOT_FOR_TALKING), None)


def _languages(text: str) -> tuple[str, ...]:
    return tuple(english_language(each) for each in _parts(text.replace(",", "\n")))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() for each in text.splitlines() if each.strip()))


def _initial(page: ServicePage) -> dict[str, Any]:
    listing = page.listing
    phone = _main_phone(listing)
    return {
        "name": listing.service_name,
        "description": listing.description,
        "need_categories": list(listing.need_categories),
        "phone": phone.number if phone else "",
        "email": listing.email,
        "website": listing.website,
        "how_to_reach": listing.how_to_reach,
        "application_process": listing.application_process,
        "cost": listing.cost,
        "eligibility": listing.eligibility,
        "minimum_age": _plain(listing.minimum_age),
        "maximum_age": _plain(listing.maximum_age),
        "areas": "\n".join(listing.areas),
        "required_documents": "\n".join(page.required_documents),
        "languages": ", ".join(listed_language(each) for each in listing.languages),
    }


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _kept(page: ServicePage) -> ServiceEntry:
    """What the form does not ask about stays."""
    listing = page.listing
    return ServiceEntry(
        name=listing.service_name,
        status=listing.status,
        interpretation_services=listing.interpretation,
        wait_time=page.wait_time,
    )
