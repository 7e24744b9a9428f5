"""Forms about a keeper's organization, its places, and where a service is offered."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.directory.selectors import OwnOrganization, OwnPlace
from waypost.directory.services import PlaceEntry
from waypost.web.service_words import is_mail, web_address
from waypost.web.upkeep.check_questions import (
    address_back,
    address_fields,
    address_first,
    phone_fields,
    phones_back,
    phones_first,
)

LONG, SHORT = 5000, 200
NOWHERE = "nowhere"
ZONES = (
    ("", gettext_lazy("That of the ZIP code")),
    ("America/New_York", gettext_lazy("Eastern time")),
    ("America/Chicago", gettext_lazy("Central time")),
    ("America/Denver", gettext_lazy("Mountain time")),
    ("America/Phoenix", gettext_lazy("Arizona, no summer time")),
    ("America/Los_Angeles", gettext_lazy("Pacific time")),
    ("America/Anchorage", gettext_lazy("Alaska time")),
    ("Pacific/Honolulu", gettext_lazy("Hawaii time")),
    ("America/Puerto_Rico", gettext_lazy("Atlantic time, Puerto Rico")),
    ("Pacific/Guam", gettext_lazy("Guam")),
    ("Pacific/Pago_Pago", gettext_lazy("American Samoa")),
)


class _Said(forms.Form):
    """What of a form was changed, by field of the directory and as facts hold it."""

    values: dict[str, Any]

    def typed(self) -> dict[str, Any]:
        """Every field as a fact."""
        raise NotImplementedError

    def said(self) -> dict[str, Any]:
        """Those that say something else now."""
        return {name: value for name, value in self.typed().items() if value != self.values.get(name)}


class PlaceForm(_Said):
    """One place: address, how to get there, phone, clocks."""

    name = forms.CharField(
        label=gettext_lazy("What the place is called"),
        help_text=gettext_lazy("For example: Old school, back door. Leave empty if it has no name."),
        required=False,
        max_length=SHORT,
    )
    transportation = forms.CharField(
        label=gettext_lazy("How to get there"),
        help_text=gettext_lazy("Bus lines, parking, which door."),
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    accessibility = forms.CharField(
        label=gettext_lazy("What helps people with disabilities"),
        help_text=gettext_lazy("One thing a line, such as “ramp at the side door”."),
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Whose clocks your hours follow"), required=False, choices=ZONES
    )

    def __init__(self, *args: Any, place: OwnPlace | None = None, **kwargs: Any) -> None:
        self.values = place.values if place else {}
        kwargs.setdefault("initial", _initial(place) if place else {})
        super().__init__(*args, **kwargs)
        self.fields.update(address_fields())
        self.fields.update(phone_fields())
        zone = place.time_zone if place else ""
        if zone and zone not in dict(ZONES):
            self.fields["time_zone"].choices = [*ZONES, (zone, zone)]  # type: ignore[attr-defined]

    def typed(self) -> dict[str, Any]:
        """Name, address, ways, help and phone."""
        given = self.cleaned_data
        known = {each.get("description", ""): each for each in self.values.get("accessibility", [])}
        helps = dict.fromkeys(line.strip() for line in given["accessibility"].splitlines())
        return {
            "name": given["name"].strip(),
            "transportation": given["transportation"].strip(),
            "accessibility": [known.get(each, {"description": each}) for each in helps if each],
            **address_back(given, self.values),
            **phones_back(given, self.values),
        }


class NewPlaceForm(PlaceForm):
    """A place that is new, with what is offered there."""

    services = forms.MultipleChoiceField(
        label=gettext_lazy("What is offered there?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    private = forms.BooleanField(
        label=gettext_lazy("Keep this address private"),
        help_text=gettext_lazy("No page, map, search or export tells it. Choose this for a shelter."),
        required=False,
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"].choices = [  # type: ignore[attr-defined]
            (str(service), name) for service, name in choices
        ]

    def entry(self) -> PlaceEntry:
        """The place as it is to be written."""
        given = self.cleaned_data
        parts = ("address_1", "address_2", "city", "state_province", "postal_code")
        return PlaceEntry(
            name=given["name"],
            **{name: given[name] for name in parts},
            transportation=given["transportation"],
            accessibility=tuple(each.strip() for each in given["accessibility"].splitlines()),
            confidential=given["private"],
        )

    def phones(self) -> list[dict[str, str]]:
        """Its number."""
        return list(phones_back(self.cleaned_data, {})["phones"])


class OrganizationForm(_Said):
    """The organization itself."""

    name = forms.CharField(label=gettext_lazy("Name of the organization"), max_length=SHORT)
    alternate_name = forms.CharField(
        label=gettext_lazy("Other name"),
        help_text=gettext_lazy("What people call you, or a short form."),
        required=False,
        max_length=SHORT,
    )
    description = forms.CharField(
        label=gettext_lazy("What you do"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = forms.CharField(
        label=gettext_lazy("Website"),
        help_text=gettext_lazy("With https:// at the beginning."),
        required=False,
        max_length=500,
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "email"}),
    )

    def __init__(self, *args: Any, organization: OwnOrganization, **kwargs: Any) -> None:
        self.values = organization.values
        first = {name: value for name, value in self.values.items() if name != "phones"}
        kwargs.setdefault("initial", first | phones_first(self.values))
        super().__init__(*args, **kwargs)
        self.fields.update(phone_fields())

    def clean(self) -> dict[str, Any]:
        """Addresses that can be; what stands there already is not asked about."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "website" in self.changed_data and given.get("website") and not web_address(given["website"]):
            self.add_error("website", _("Write the whole address, such as https://example.org."))
        if "email" in self.changed_data and given.get("email") and not is_mail(given["email"]):
            self.add_error("email", _("This is no e-mail address."))
        return given

    def typed(self) -> dict[str, Any]:
        """Everything, the number people talk on among the others."""
        given = self.cleaned_data
        plain = ("name", "alternate_name", "description", "website", "email")
        texts = {name: "\n".join(given[name].splitlines()).strip() for name in plain}
        return texts | phones_back(given, self.values)


class WhereForm(forms.Form):
    """At which places a service is offered, or at none."""

    places = forms.MultipleChoiceField(
        label=gettext_lazy("Where is it offered?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = (NOWHERE, _("At no place: by phone, online or at people's homes"))
        self.fields["places"].choices = [*choices, last]  # type: ignore[attr-defined]

    def clean_places(self) -> list[str]:
        """Places, or none, not both."""
        chosen: list[str] = self.cleaned_data["places"]
        if NOWHERE in chosen and len(chosen) > 1:
            raise forms.ValidationError(_("Choose places, or “At no place”, not both."))
        return chosen

    def ids(self) -> list[UUID]:
        """The places that were chosen."""
        return [UUID(each) for each in self.cleaned_data["places"] if each != NOWHERE]


def _initial(place: OwnPlace) -> dict[str, Any]:
    values = place.values
    return {
        "name": values["name"],
        "transportation": values["transportation"],
        "accessibility": "\n".join(each.get("description", "") for each in values["accessibility"]),
        "time_zone": place.time_zone,
        **address_first(values),
        **phones_first(values),
    }
