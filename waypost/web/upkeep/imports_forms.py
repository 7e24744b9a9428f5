"""Forms of imports: files to upload, a feed, what columns mean."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.directory.choices_feeds import Cadence, FeedKind
from waypost.directory.import_cards import FeedCard
from waypost.interop.imports.fields import FIELDS, propose

NEW = "new"
MAX_MAPPING = 1_000_000


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One file or several."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """All of them, each of them checked."""
        held = data if isinstance(data, list | tuple) else [data]
        return [super(_FilesField, self).clean(each, initial) for each in held]


class UploadForm(forms.Form):
    """Files for a feed, known or new."""

    uploads = _FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "CSV, Excel (.xlsx), JSON, ndjson, or a zip of them; up to 512 MB. Several tables of one feed "
            "belong together: choose them all."
        ),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file.")},
        widget=_Files(attrs={"multiple": True}),
    )
    feed = forms.ChoiceField(label=gettext_lazy("Which feed is this?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Name of the new feed"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Where it comes from, such as “County 211”. Rows keep this name for ever."),
    )
    whole = forms.ChoiceField(
        label=gettext_lazy("What do the files hold?"),
        widget=forms.RadioSelect,
        choices=[
            ("part", gettext_lazy("A part of the feed, or mended rows: all else stays as it is")),
            ("whole", gettext_lazy("The whole feed: what is missing from it is gone")),
        ],
        initial="part",
    )
    mapping = forms.FileField(
        label=gettext_lazy("Mapping file (if you have one)"),
        help_text=gettext_lazy("YAML or JSON. Without one, you can say on the next page what columns mean."),
        required=False,
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, feeds: Sequence[FeedCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(each.id), each.name) for each in feeds]
        self.fields["feed"].choices = [*known, (NEW, _("A new feed"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A new feed needs a name."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("feed") == NEW and not (found.get("name") or "").strip():
            self.add_error("name", _("Give the feed a name."))
        mapping = found.get("mapping")
        if mapping and (mapping.size or 0) > MAX_MAPPING:
            self.add_error("mapping", _("This is too large for a mapping file."))
        return found

    @property
    def feed_id(self) -> UUID | None:
        """The known feed, None for a new one."""
        chosen = self.cleaned_data["feed"]
        return None if chosen == NEW else UUID(chosen)


class FeedForm(forms.Form):
    """A feed: its name, its address, how often it is fetched."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("https://…, of a file or of an HSDS 3 API. Leave it empty to upload by hand."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What lies there?"),
        widget=forms.RadioSelect,
        choices=FeedKind.choices,
        initial=FeedKind.FILE,
    )
    cadence = forms.ChoiceField(
        label=gettext_lazy("How often to fetch it"), choices=Cadence.choices, initial=Cadence.BY_HAND
    )
    complete = forms.BooleanField(
        label=gettext_lazy("It is always the whole feed: what is missing from it is gone"),
        required=False,
    )
    enabled = forms.BooleanField(
        label=gettext_lazy("Fetch it by itself"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Take the tick away to pause it."),
    )


class RankForm(forms.Form):
    """Where a feed stands among those who speak of a listing."""

    place = forms.ChoiceField(
        label=gettext_lazy("Where sources differ, it goes"),
        widget=forms.RadioSelect,
        choices=[
            ("people", gettext_lazy("before everybody, also before what people confirmed here")),
            ("before", gettext_lazy("before other feeds, after people")),
            ("among", gettext_lazy("among other feeds: the listing's own first, then the newest")),
            ("behind", gettext_lazy("behind other feeds")),
        ],
    )


class ColumnsForm(forms.Form):
    """Column by column of one or more tables: which field it is, and what divides several values."""

    def __init__(self, *args: Any, tables: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables = tables
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in FIELDS:
            groups.setdefault(str(each.group), []).append((each.key, str(each.label)))
        choices: list[Any] = [("", _("Keep it beside, unused")), *groups.items()]
        dividers = [
            ("", _("One value in each cell")),
            (",", _("Several, divided by , (comma)")),
            (";", _("Several, divided by ; (semicolon)")),
            ("/", _("Several, divided by / (slash)")),
            ("|", _("Several, divided by | (bar)")),
        ]
        for number, table in enumerate(tables):
            proposed = propose(heading for heading, _samples in table["columns"])
            for place, (heading, samples) in enumerate(table["columns"]):
                field = forms.ChoiceField(
                    label=heading, choices=choices, required=False, initial=proposed[heading]
                )
                self.fields[f"field_{number}_{place}"] = field
                self.fields[f"split_{number}_{place}"] = forms.ChoiceField(
                    label=_("Values in “%(name)s”") % {"name": heading},
                    choices=dividers,
                    required=False,
                    initial=_divider(samples, proposed[heading]),
                )

    def shown(self) -> list[dict[str, Any]]:
        """Tables with their columns, sample values and form fields."""
        return [
            {
                "name": table["name"],
                "columns": [
                    {
                        "heading": heading,
                        "samples": samples,
                        "field": self[f"field_{number}_{place}"],
                        "split": self[f"split_{number}_{place}"],
                    }
                    for place, (heading, samples) in enumerate(table["columns"])
                ],
            }
            for number, table in enumerate(self.tables)
        ]

    def chosen(self) -> dict[str, dict[str, tuple[str, str]]]:
        """File name -> heading -> (field's key, divider)."""
        data = self.cleaned_data
        return {
            table["name"]: {
                heading: (data[f"field_{number}_{place}"], data[f"split_{number}_{place}"])
                for place, (heading, _samples) in enumerate(table["columns"])
            }
            for number, table in enumerate(self.tables)
        }


def _divider(samples: Sequence[str], key: str) -> str:
    """What seems to divide the values of a list, in most of the samples."""
    several = {each.key for each in FIELDS if each.several}
    if key not in several:
        return ""
    return next((sign for sign in (";", "|", ",", "/") if any(sign in each for each in samples)), "")
