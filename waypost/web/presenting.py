"""Words that several pages share: days, languages, whose move it is, how a referral stands."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from unicodedata import normalize

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext

from waypost.kernel.clock import today
from waypost.referrals.cards import ReferralRow
from waypost.referrals.choices import Fact, Reason, Status
from waypost.referrals.rules import Turn

LANGUAGES = {
    "en": gettext_lazy("English"),
    "es": gettext_lazy("Spanish"),
    "am": gettext_lazy("Amharic"),
    "ar": gettext_lazy("Arabic"),
    "zh": gettext_lazy("Chinese"),
    "fa": gettext_lazy("Persian"),
    "fr": gettext_lazy("French"),
    "ht": gettext_lazy("Haitian Creole"),
    "hi": gettext_lazy("Hindi"),
    "hmn": gettext_lazy("Hmong"),
    "km": gettext_lazy("Khmer"),
    "ko": gettext_lazy("Korean"),
    "ne": gettext_lazy("Nepali"),
    "om": gettext_lazy("Oromo"),
    "ps": gettext_lazy("Pashto"),
    "pl": gettext_lazy("Polish"),
    "pt": gettext_lazy("Portuguese"),
    "ru": gettext_lazy("Russian"),
    "so": gettext_lazy("Somali"),
    "sw": gettext_lazy("Swahili"),
    "tl": gettext_lazy("Tagalog"),
    "ti": gettext_lazy("Tigrinya"),
    "uk": gettext_lazy("Ukrainian"),
    "ur": gettext_lazy("Urdu"),
    "vi": gettext_lazy("Vietnamese"),
    "ase": gettext_lazy("American Sign Language"),
    "other": gettext_lazy("Another language"),
}


def language_name(code: str) -> str:
    """A language in the reader's own; an unknown code stays as it is."""
    return str(LANGUAGES.get(code, code))


def language_choices() -> list[tuple[str, str]]:
    """English and Spanish first, the others by name, "another language" last."""
    ends = ("en", "es", "other")
    named = [(code, str(name)) for code, name in LANGUAGES.items()]
    middle = (each for each in named if each[0] not in ends)
    return [*named[:2], *sorted(middle, key=lambda each: normalize("NFKD", each[1])), named[-1]]


def listed_language(name: str) -> str:
    """A language of a listing, which are kept by their English names, in the reader's own."""
    code = _codes_by_english().get(name.casefold())
    return language_name(code) if code else name


def english_language(typed: str) -> str:
    """The English name of a language typed in the reader's own, as listings and feeds keep it."""
    code = next((code for code, name in LANGUAGES.items() if str(name).casefold() == typed.casefold()), "")
    return next((name.title() for name, each in _codes_by_english().items() if each == code), typed)


@cache
def _codes_by_english() -> dict[str, str]:
    with override("en"):
        return {str(name).casefold(): code for code, name in LANGUAGES.items()}


def local(value: date | datetime) -> date:
    """The calendar day of a moment, in the network's time zone."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime | None) -> str:
    """ "Thu 3 Dec"; with the year, and without the weekday, when it is not this year: "3 May 2027"."""
    if not value:
        return ""
    found = local(value)
    return formats.date_format(found, _("D j M") if found.year == today().year else _("j M Y"))


def near_day(value: date | datetime | None) -> str:
    """ "today", "tomorrow", "yesterday", else like ``day``: for the middle of a sentence."""
    if not value:
        return ""
    words = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    return words.get((local(value) - today()).days) or day(value)


def clock(value: datetime) -> str:
    """ "10:00"."""
    return formats.date_format(timezone.localtime(value), "H:i")


def day_time(value: datetime | None) -> str:
    """ "Thu 3 Dec, 10:00"."""
    return f"{day(value)}, {clock(value)}" if value else ""


def when(value: datetime | None) -> str:
    """ "Today 11:20", "Yesterday 9:05", else "Thu 3 Dec, 10:00": for timelines."""
    if not value:
        return ""
    words = {0: _("Today"), -1: _("Yesterday")}
    near = words.get((local(value) - today()).days)
    return f"{near} {clock(value)}" if near else day_time(value)


@dataclass(frozen=True, slots=True)
class Tag:
    """A word with its colour (good, wait, stop, info, plain)."""

    kind: str
    words: str


def outcome_tag(row: ReferralRow) -> Tag:
    """How a referral stands: what happened where that is known, else its status."""
    if row.loop.closed:
        if row.loop.contradictory:
            return Tag("stop", _("Reports differ"))
        kind = "plain" if row.loop.outcome == Fact.NOT_RECEIVED else "good"
        return Tag(kind, str(Fact(row.loop.outcome).label))
    kinds = {
        Status.DRAFT: "info",
        Status.REQUESTED: "wait",
        Status.ACCEPTED: "good",
        Status.IN_PROGRESS: "good",
        Status.ON_HOLD: "wait",
        Status.COMPLETED: "good",
    }
    return Tag(kinds.get(Status(row.status), "plain"), str(Status(row.status).label))


def reason_name(code: str) -> str:
    """Why not, in words; nothing for no reason."""
    return str(Reason(code).label) if code else ""


def move_label(turn: Turn) -> str:
    """Whose move it is: "Our move:", "Their move:"; nothing when all is done."""
    return {
        "us": _("Our move:"),
        "them": _("Their move:"),
        "person": _("The person's move:"),
    }.get(turn.who, "")


def move_words(turn: Turn, person: str, other: str) -> str:
    """What comes next, and by when: "ask Rosa today". ``person``: the name to say, ``other``: the service."""
    names = {"person": person, "other": other}
    texts = {
        "finish": _("finish and send it"),
        "answer": _("%(other)s answers"),
        "ask_person": _("ask %(person)s how it went"),
        "choose_another": _("choose another service with %(person)s"),
        "they_call": _("%(other)s calls %(person)s"),
        "we_call": _("we call %(other)s"),
        "person_goes": _("%(person)s goes there"),
        "together": _("call or go together with %(person)s"),
        "serve": _("%(other)s helps %(person)s"),
        "resume": _("%(other)s takes it up again"),
        "closed": "",
    }
    return by_its_day(texts.get(turn.what, "") % names, turn)


def by_its_day(move: str, turn: Turn) -> str:
    """A move with the day by which it is due; a move without words or without a day as it is."""
    if not move or turn.by is None:
        return move
    facts = {"move": move, "day": near_day(turn.by)}
    if turn.late:
        return pgettext("move and day", "%(move)s (was due %(day)s)") % facts
    if turn.what == "ask_person" or local(turn.by) == today():
        return pgettext("move and day", "%(move)s %(day)s") % facts
    return pgettext("move and day", "%(move)s by %(day)s") % facts


def basis_name(code: str) -> str:
    """What allowed a disclosure, in plain words."""
    words = {
        "own": _("own record"),
        "consent": _("the person agreed"),
        "treatment": _("both treat the person"),
        "agreement": _("a signed agreement between the organizations"),
        "own_request": _("the person was there and asked"),
        "emergency": _("an emergency"),
    }
    return words.get(code, code)
