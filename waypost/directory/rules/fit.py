"""Why a service fits somebody, what is not known, and what may stand in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from waypost.directory.rules.area import Place, ServesAnswer, serves
from waypost.directory.rules.eligibility import Rule, age_rule, read_eligibility
from waypost.directory.rules.judging import Verdict, judge
from waypost.directory.rules.papers import papers_needed
from waypost.directory.rules.poverty import Guideline

__all__ = ["ISO_LANGUAGES", "Facts", "Fit", "FitReason", "Listing", "Verdict", "fit"]


@dataclass(frozen=True, slots=True)
class FitReason:
    """A reason as a code with its value; words for it are made in ``words.py``."""

    about: str  # need, age, language, area, rule_…, eligibility, documents, capacity
    verdict: Verdict
    value: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the person; None or empty means that it was not told.

    ``age`` in years; ``age_months`` in whole months, for infants. ``sex``: 'female' or 'male'. ``children``:
    whether children live in the household. ``income``: dollars a year of the household. ``documents``: kinds
    (rules.papers) that the person has. ``insurance``: 'none', 'medicaid', 'medicare' or 'other'.
    """

    need: str = ""
    age: int | None = None
    language: str = ""
    place: Place | None = None
    age_months: int | None = None
    sex: str = ""
    veteran: bool | None = None
    children: bool | None = None
    household_size: int | None = None
    income: Decimal | None = None
    documents: frozenset[str] | None = None
    insurance: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What the listing says that matters here. Empty languages or areas mean that it does not say.

    ``areas``: the service areas, a shape (GeoJSON, WKT) where there is one, else words.
    """

    need_categories: tuple[str, ...] = ()
    minimum_age: Decimal | None = None
    maximum_age: Decimal | None = None
    eligibility: str = ""
    languages: tuple[str, ...] = ()
    language_codes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    capacity: str = "unknown"
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """All reasons; the verdict is the worst of them."""

    reasons: tuple[FitReason, ...]

    @property
    def verdict(self) -> Verdict:
        """May not, as soon as one reason says so; else not known, as soon as one says so; else fits."""
        said = {reason.verdict for reason in self.reasons}
        for verdict in (Verdict.MAY_NOT, Verdict.NOT_KNOWN):
            if verdict in said:
                return verdict
        return Verdict.FITS

    def with_verdict(self, verdict: Verdict) -> tuple[FitReason, ...]:
        """The reasons of one kind."""
        return tuple(reason for reason in self.reasons if reason.verdict == verdict)


ISO_LANGUAGES = {
    "en": "english",
    "es": "spanish",
    "zh": "chinese",
    "vi": "vietnamese",
    "tl": "tagalog",
    "ko": "korean",
    "ru": "russian",
    "ar": "arabic",
    "fr": "french",
    "ht": "haitian",
    "pt": "portuguese",
    "so": "somali",
    "am": "amharic",
    "hi": "hindi",
    "ur": "urdu",
    "fa": "farsi",
    "uk": "ukrainian",
    "pl": "polish",
    "ja": "japanese",
    "hmn": "hmong",
    "ti": "tigrinya",
    "my": "burmese",
    "km": "khmer",
}


def fit(listing: Listing, facts: Facts, guidelines: Iterable[Guideline] = ()) -> Fit:
    """Compare; only what was told about the person is compared. An unknown is said, never dropped.

    ``guidelines``: the poverty guidelines, for rules of income.
    """
    said = read_eligibility(listing.eligibility)
    judged = [(rule, judge(rule, facts, tuple(guidelines))) for rule in said.rules]
    reasons = [
        _need(listing, facts.need) if facts.need else None,
        _age(listing, facts, any(rule.about == "age" for rule in said.rules)),
        _language(listing, facts.language) if facts.language else None,
        _area(listing, facts.place) if facts.place else None,
        *(_read(rule, verdict) for rule, verdict in judged),
        _eligibility(listing, said.unread or any(verdict == Verdict.NOT_KNOWN for _rule, verdict in judged)),
        _documents(listing, facts.documents) if facts.documents is not None else None,
        _capacity(listing),
    ]
    return Fit(tuple(reason for reason in reasons if reason))


def _need(listing: Listing, need: str) -> FitReason:
    if need in listing.need_categories:
        return FitReason("need", Verdict.FITS, need)
    known = Verdict.MAY_NOT if listing.need_categories else Verdict.NOT_KNOWN
    return FitReason("need", known, need)


def _age(listing: Listing, facts: Facts, in_words: bool) -> FitReason | None:
    """By the columns; ages that stand in the words alone are judged there."""
    if facts.age is None and facts.age_months is None:
        return None
    rule = age_rule(listing.minimum_age, listing.maximum_age)
    if rule is None:
        return None if in_words else FitReason("age", Verdict.NOT_KNOWN)
    value = f"{_years(listing.minimum_age)}-{_years(listing.maximum_age)}"
    return FitReason("age", judge(rule, facts), value)


def _years(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _language(listing: Listing, language: str) -> FitReason:
    """A listing that names languages without this one may still have an interpreter: not known."""
    wanted = language.strip().lower()
    name = ISO_LANGUAGES.get(wanted, wanted)
    codes = {code.lower()[:2] for code in listing.language_codes if code}
    names = " ".join(listing.languages).lower()
    spoken = name in names or wanted in codes or any(ISO_LANGUAGES.get(code) == name for code in codes)
    if spoken or (name == "english" and not names):
        return FitReason("language", Verdict.FITS, name)
    return FitReason("language", Verdict.NOT_KNOWN, name)


def _area(listing: Listing, place: Place) -> FitReason:
    answer = serves(listing.areas, place)
    verdict = {
        ServesAnswer.YES: Verdict.FITS,
        ServesAnswer.NO: Verdict.MAY_NOT,
        ServesAnswer.NOT_KNOWN: Verdict.NOT_KNOWN,
    }[answer]
    return FitReason("area", verdict, place.zip or place.city)


def _read(rule: Rule, verdict: Verdict) -> FitReason | None:
    """A rule that was read and answered; what is not known stays with the words."""
    return None if verdict == Verdict.NOT_KNOWN else FitReason(f"rule_{rule.about}", verdict, rule.words)


def _eligibility(listing: Listing, open_: bool) -> FitReason | None:
    """Rules in words that nobody could check are for a human to read: not known, with the words."""
    return FitReason("eligibility", Verdict.NOT_KNOWN, listing.eligibility.strip()) if open_ else None


def _documents(listing: Listing, has: frozenset[str]) -> FitReason | None:
    """What has to be brought beside what the person has."""
    needed = papers_needed(listing.documents)
    if not needed.words:
        return None
    if needed.kinds - has:
        return FitReason("documents", Verdict.MAY_NOT, ", ".join(needed.words))
    verdict = Verdict.NOT_KNOWN if needed.unread else Verdict.FITS
    return FitReason("documents", verdict, ", ".join(needed.words))


def _capacity(listing: Listing) -> FitReason | None:
    if listing.capacity == "accepting":
        return FitReason("capacity", Verdict.FITS, listing.capacity)
    if listing.capacity in ("waitlist", "full", "paused", "closed"):
        return FitReason("capacity", Verdict.MAY_NOT, listing.capacity)
    return None
