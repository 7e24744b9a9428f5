"""Forms about forms: how the answer was given and signed, what is seen on a paper, whom to keep out."""

import base64
import binascii
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from waypost.consent.minors import ADULT
from waypost.consent.words import element_name

DATA_URL = "data:image/png;base64,"
AUTHORITIES = [
    ("", _("Choose one")),
    ("parent", _("Parent")),
    ("guardian", _("Guardian")),
    ("health_care_agent", _("Named by the person to decide on health")),
    ("court", _("Named by a court")),
    ("estate", _("Looks after what a person who died left")),
]
ALONE = [
    ("", _("None of these")),
    ("emancipated", _("A court says that they decide for themselves")),
    ("married", _("Married")),
    ("on_their_own", _("Lives on their own, without a parent, where the state lets them agree")),
]


def authority_name(code: str) -> str:
    """Why somebody may sign for another, in words."""
    return str(dict(AUTHORITIES).get(code, code))


class AnswerForm(forms.Form):
    """How the answer was given, after the words were read."""

    captured = forms.ChoiceField(
        label=_("How was it said?"),
        widget=forms.RadioSelect,
        choices=[
            ("spoken", _("Spoken")),
            ("typed", _("Signed here: the name is typed")),
            ("drawn", _("Signed here: with a finger or a pen")),
            ("scan", _("Signed on paper: add a picture of it")),
        ],
        initial="spoken",
    )
    language = forms.ChoiceField(
        label=_("In which words?"),
        widget=forms.RadioSelect,
        choices=[("en", _("The English words")), ("es", _("The Spanish words"))],
    )
    signed_by = forms.CharField(
        label=_("Full name of who signs"),
        max_length=200,
        required=False,
        help_text=_("Typed by that person."),
    )
    drawing = forms.CharField(widget=forms.HiddenInput, required=False)
    scan = forms.FileField(
        label=_("Picture or PDF of the paper"),
        required=False,
        help_text=_("At most 8 MB. Somebody else looks at it before it counts."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )
    identity_checked = forms.BooleanField(
        label=_("I know who signs: I know them, or I saw an ID"), required=False
    )
    representative = forms.CharField(
        label=_("Who agrees in their place"),
        max_length=200,
        required=False,
        help_text=_("Only if somebody else decides for them, such as a parent."),
    )
    authority = forms.ChoiceField(label=_("Why they may"), choices=AUTHORITIES, required=False)
    minor_signed_by = forms.CharField(
        label=_("Full name of the young person who signs too"),
        max_length=200,
        required=False,
        help_text=_("Especially private matters of somebody under 18 may need both names. Typed by them."),
    )
    alone_because = forms.ChoiceField(
        label=_("Why a young person agrees alone"), choices=ALONE, required=False
    )
    witness = forms.CharField(
        label=_("Interpreter or witness"), max_length=200, required=False, help_text=_("If there was one.")
    )

    def __init__(self, *args: Any, age: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if age is None or age >= ADULT:
            del self.fields["alone_because"], self.fields["minor_signed_by"]

    def clean(self) -> dict[str, Any]:
        """Each way of signing with what it needs."""
        typed = super().clean() or {}
        how = typed.get("captured")
        if how == "drawn" and not self.picture():
            self.add_error("captured", _("Sign in the box, or type the name instead."))
        if how == "typed" and not (typed.get("signed_by") or typed.get("representative")):
            self.add_error("signed_by", _("Type the full name of who signs."))
        if how == "scan" and not typed.get("scan") and "scan" not in self.errors:
            self.add_error("scan", _("Add a picture or a PDF of the signed paper."))
        if typed.get("representative") and not typed.get("authority"):
            self.add_error("authority", _("Say why they may agree in the person's place."))
        return typed

    def picture(self) -> bytes:
        """The drawn signature as PNG bytes; empty where there is none that can be read."""
        text = self.cleaned_data.get("drawing") or ""
        if not text.startswith(DATA_URL):
            return b""
        try:
            return base64.b64decode(text[len(DATA_URL) :], validate=True)
        except (binascii.Error, ValueError):
            return b""

    def file(self) -> bytes:
        """What is to be kept: the drawing or the scan; nothing for the other ways."""
        how = self.cleaned_data["captured"]
        if how == "drawn":
            return self.picture()
        return self.cleaned_data["scan"].read() if how == "scan" else b""


class CheckForm(forms.Form):
    """What somebody finds on a paper, element by element."""

    confirmed = forms.MultipleChoiceField(
        label=_("What do you see on it?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Mark each thing that you have found. All of them have to be there."),
    )
    words = forms.CharField(
        label=_("What is wrong with it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("Only if you send it back. Whoever recorded it reads this."),
    )

    def __init__(self, elements: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["confirmed"].choices = [  # type: ignore[attr-defined]
            (code, _capital(element_name(code))) for code in elements
        ]


class BlockForm(forms.Form):
    """Whom the person wants kept out."""

    organizations = forms.MultipleChoiceField(
        label=_("Organizations"), widget=forms.CheckboxSelectMultiple, required=False
    )
    workers = forms.MultipleChoiceField(
        label=_("Workers"), widget=forms.CheckboxSelectMultiple, required=False
    )
    recall = forms.BooleanField(
        label=_("Take back the referrals that these organizations have"), required=False
    )

    def __init__(
        self, organizations: list[tuple[str, str]], workers: list[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organizations"].choices = organizations  # type: ignore[attr-defined]
        self.fields["workers"].choices = workers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody is named."""
        typed = super().clean() or {}
        if not self.errors and not (typed.get("organizations") or typed.get("workers")):
            self.add_error("organizations", _("Choose whom to keep out."))
        return typed


class TakeBackForm(forms.Form):
    """How far taking back goes. ``some``: whether there are referrals that stand on the agreement."""

    what = forms.ChoiceField(
        label=_("What should stop?"),
        widget=forms.RadioSelect,
        choices=[("all", _("All of it")), ("part", _("Only a part of it"))],
        initial="all",
        required=False,
    )
    topics = forms.MultipleChoiceField(
        label=_("Tell nobody about this any more"), widget=forms.CheckboxSelectMultiple, required=False
    )
    organizations = forms.MultipleChoiceField(
        label=_("Tell these nothing any more"), widget=forms.CheckboxSelectMultiple, required=False
    )
    purposes = forms.MultipleChoiceField(
        label=_("Not for this any more"), widget=forms.CheckboxSelectMultiple, required=False
    )
    back = forms.BooleanField(label=_("They may not tell us any more how it went"), required=False)
    reach = forms.ChoiceField(
        label=_("What should happen?"),
        widget=forms.RadioSelect,
        choices=[
            ("sharing", _("Stop sharing from now on. Referrals that were sent go on.")),
            ("referrals", _("Stop sharing, and take back these referrals too.")),
        ],
    )

    def __init__(
        self,
        *args: Any,
        some: bool,
        topics: Iterable[tuple[str, str]] = (),
        organizations: Iterable[tuple[str, str]] = (),
        purposes: Iterable[tuple[str, str]] = (),
        back: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {"topics": list(topics), "organizations": list(organizations), "purposes": list(purposes)}
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]
        if not back:
            del self.fields["back"]
        if not any(name in self.fields for name in (*offered, "back")):
            del self.fields["what"]
        if not some:
            del self.fields["reach"]

    @property
    def partly(self) -> bool:
        """Whether only a part is taken back."""
        return self.cleaned_data.get("what") == "part"

    def clean(self) -> dict[str, Any]:
        """A part is named where only a part is to stop."""
        typed = super().clean() or {}
        chosen = any(typed.get(name) for name in ("topics", "organizations", "purposes", "back"))
        if typed.get("what") == "part" and not chosen:
            self.add_error("what", _now("Choose below which part should stop."))
        return typed


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
