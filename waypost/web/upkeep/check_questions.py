"""What is asked on the phone about a listing: each question with its fields, and the way back to values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.directory.choices import Capacity
from waypost.kernel.clock import today
from waypost.web.partner import week
from waypost.web.presenting import english_language, listed_language
from waypost.web.service_words import NOT_FOR_TALKING
from waypost.web.upkeep import check_hours

Values = dict[str, Any]  # by field of the listing, as facts hold them
UNTIL = timedelta(days=30)  # capacity that was said without an end
LONG, SHORT = 5000, 500
Fields = Callable[[], dict[str, forms.Field]]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask. ``first``: from values to the form; ``back``: from the form to values."""

    name: str
    label: Any
    of: tuple[str, ...]
    fields: Fields
    first: Callable[[Values], dict[str, Any]]
    back: Callable[[dict[str, Any], Values], Values]


def _plain(value: Any) -> str:
    return "\n".join(line.rstrip() for line in str(value or "").splitlines()).strip()


def _text(name: str, label: Any, *, rows: int = 0, length: int = LONG, **attrs: str) -> Question:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs=attrs)
    return Question(
        name,
        label,
        (name,),
        lambda: {
            name: forms.CharField(label=label, required=name == "name", max_length=length, widget=widget)
        },
        lambda values: {name: _plain(values.get(name))},
        lambda typed, _values: {name: _plain(typed.get(name))},
    )


def _lines(name: str, label: Any, column: str, hint: Any) -> Question:
    """A list with one word or sentence a line; what stays keeps its other columns."""

    def back(typed: dict[str, Any], values: Values) -> Values:
        known = {str(item.get(column, "")): item for item in values.get(name) or []}
        lines = dict.fromkeys(line.strip() for line in str(typed.get(name) or "").splitlines())
        return {name: [known.get(line, {column: line}) for line in lines if line]}

    return Question(
        name,
        label,
        (name,),
        lambda: {
            name: forms.CharField(
                label=label,
                help_text=hint,
                required=False,
                max_length=LONG,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        },
        lambda values: {name: "\n".join(str(item.get(column, "")) for item in values.get(name) or [])},
        back,
    )


def _main(numbers: list[Values]) -> int:
    talking = (
        n for n, each in enumerate(numbers) if str(each.get("type", "")).lower() not in NOT_FOR_TALKING
    )
    return next(talking, len(numbers))


def phones_first(values: Values) -> dict[str, Any]:
    """The number people talk on, with its extension."""
    numbers = values.get("phones") or []
    found = numbers[_main(numbers)] if _main(numbers) < len(numbers) else {}
    return {"phone": found.get("number", ""), "extension": found.get("extension", "")}


def phones_back(typed: dict[str, Any], values: Values) -> Values:
    """The number people talk on is replaced; fax and further lines stay."""
    numbers = list(values.get("phones") or [])
    main = _main(numbers)
    number, extension = _plain(typed.get("phone")), _plain(typed.get("extension"))
    kept = {
        name: value for name, value in (numbers[main : main + 1] or [{}])[0].items() if name != "extension"
    }
    if not number:
        return {"phones": numbers[:main] + numbers[main + 1 :]}
    said = {"type": "voice"} | kept | {"number": number} | ({"extension": extension} if extension else {})
    return {"phones": [*numbers[:main], said, *numbers[main + 1 :]]}


def phone_fields() -> dict[str, forms.Field]:
    """Number and extension."""
    tel = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    return {
        "phone": forms.CharField(label=_("Phone"), required=False, max_length=40, widget=tel),
        "extension": forms.CharField(label=_("Extension"), required=False, max_length=10),
    }


_PARTS = ("address_1", "address_2", "city", "state_province", "postal_code")


def address_fields() -> dict[str, forms.Field]:
    """Street, room, city, state and ZIP."""
    labels = (_("Street and number"), _("Floor or room"), _("City"), _("State"), _("ZIP code"))
    off = {"autocomplete": "off"}
    return {
        name: forms.CharField(label=label, required=False, max_length=200, widget=forms.TextInput(attrs=off))
        for name, label in zip(_PARTS, labels, strict=True)
    }


def _address(values: Values) -> int:
    rows = values.get("addresses") or []
    return next((n for n, each in enumerate(rows) if each.get("address_type") != "postal"), len(rows))


def address_first(values: Values) -> dict[str, Any]:
    """The parts of the address where people go."""
    rows = values.get("addresses") or []
    found = (rows[_address(values) :] or [{}])[0]
    return {name: found.get(name, "") for name in _PARTS}


def address_back(typed: dict[str, Any], values: Values) -> Values:
    """The address where people go is replaced; a postal one stays."""
    rows, number = list(values.get("addresses") or []), _address(values)
    kept = (rows[number : number + 1] or [{"address_type": "physical", "country": "US"}])[0]
    said = {name: value for name, value in kept.items() if name not in _PARTS}
    parts = {name: _plain(typed.get(name)) for name in _PARTS}
    said |= {name: value for name, value in parts.items() if value}
    made = [said] if any(parts.values()) else []
    return {"addresses": [*rows[:number], *made, *rows[number + 1 :]]}


def _capacity_fields() -> dict[str, forms.Field]:
    return {
        "capacity_status": forms.ChoiceField(
            label=_("Taking new people?"), choices=Capacity.choices, required=False
        ),
        "capacity_until": forms.DateField(
            label=_("Until which day is that so?"),
            help_text=_("Left empty: for 30 days. After that it counts as not known."),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        ),
    }


def _capacity_first(values: Values) -> dict[str, Any]:
    until = values.get("capacity_until") or ""
    over = bool(until) and until < today().isoformat()
    status = Capacity.UNKNOWN.value if over else values.get("capacity_status")
    return {"capacity_status": status, "capacity_until": "" if over else until}


def _capacity_back(typed: dict[str, Any], values: Values) -> Values:
    """Something new that is said without an end is so for 30 days."""
    before = _capacity_first(values)
    status = typed.get("capacity_status") or Capacity.UNKNOWN.value
    until = typed.get("capacity_until") or ""
    until = until if isinstance(until, str) else until.isoformat()
    if status != before["capacity_status"] and not until and status != Capacity.UNKNOWN:
        until = (today() + UNTIL).isoformat()
    if status == Capacity.UNKNOWN:
        until = ""
    return {"capacity_status": status, "capacity_until": until or None}


def _age_fields() -> dict[str, forms.Field]:
    limits: dict[str, Any] = {"required": False, "min_value": 0, "max_value": 120, "decimal_places": 2}
    return {
        "minimum_age": forms.DecimalField(label=_("Youngest age"), **limits),
        "maximum_age": forms.DecimalField(label=_("Oldest age"), **limits),
    }


def _age(value: Any) -> str | None:
    return None if value in (None, "") else f"{value.normalize():f}" if hasattr(value, "normalize") else value


def _language_back(typed: dict[str, Any], values: Values) -> Values:
    known = {str(item.get("name", "")): item for item in values.get("languages") or []}
    names = [english_language(each.strip()) for each in str(typed.get("languages") or "").split(",")]
    return {"languages": [known.get(name, {"name": name}) for name in dict.fromkeys(names) if name]}


def _language_fields() -> dict[str, forms.Field]:
    hint = _("With commas between them: English, Spanish.")
    return {
        "languages": forms.CharField(label=_("Languages"), help_text=hint, required=False, max_length=SHORT)
    }


def _week_fields() -> dict[str, forms.Field]:
    words = forms.CharField(
        label=_("Hours in your own words"),
        help_text=_("What a week cannot say, such as “first Tuesday of the month”."),
        required=False,
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    return {**week.fields(), **week.second_fields(), "hours_words": words}


_ONE_A_LINE = _("One a line.")
QUESTIONS: tuple[Question, ...] = (
    _text("name", _("Name of the service"), length=200),
    Question("phones", _("Phone"), ("phones",), phone_fields, phones_first, phones_back),
    Question(
        "schedules",
        _("Hours"),
        ("schedules",),
        _week_fields,
        lambda values: check_hours.first(values.get("schedules") or []),
        lambda typed, values: {"schedules": check_hours.back(typed, values.get("schedules") or [])},
    ),
    Question("addresses", _("Address"), ("addresses",), address_fields, address_first, address_back),
    Question(
        "capacity_status",
        _("Room for new people"),
        ("capacity_status", "capacity_until"),
        _capacity_fields,
        _capacity_first,
        _capacity_back,
    ),
    _text("eligibility_description", _("Who may come"), rows=3),
    Question(
        "ages",
        _("Age"),
        ("minimum_age", "maximum_age"),
        _age_fields,
        lambda values: {name: values.get(name) for name in ("minimum_age", "maximum_age")},
        lambda typed, _values: {name: _age(typed.get(name)) for name in ("minimum_age", "maximum_age")},
    ),
    _lines("required_documents", _("What to bring"), "document", _ONE_A_LINE),
    _text("fees_description", _("What it costs"), length=SHORT),
    _text("application_process", _("How to get it"), rows=3),
    _lines("service_areas", _("Area"), "name", _("ZIP codes, towns or counties, one a line.")),
    Question(
        "languages",
        _("Languages"),
        ("languages",),
        _language_fields,
        lambda values: {
            "languages": ", ".join(
                listed_language(str(item.get("name", ""))) for item in values.get("languages") or []
            )
        },
        _language_back,
    ),
    _text("url", _("Website"), length=SHORT, type="url"),
    _text("email", _("E-mail"), length=SHORT, type="email"),
    _text("description", _("What it is"), rows=4),
)
