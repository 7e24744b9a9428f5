"""Why a service fits somebody, what is not known, and what may stand in the way."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from waypost.directory.rules.area import Place, ServesAnswer, serves


class Verdict(StrEnum):
    """Of one reason, or of all together."""

    FITS = "fits"
    NOT_KNOWN = "not_known"
    MAY_NOT = "may_not"


@dataclass(frozen=True, slots=True)
class FitReason:
    """A reason as a code with its value; words for it are made in ``words.py``."""

    about: str  # need, age, language, area, capacity
    verdict: Verdict
    value: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the person; None or empty means that it was not told."""

    need: str = ""
    age: int | None = None
    language: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What the listing says that matters here. Empty languages or areas mean that it does not say."""

    need_categories: tuple[str, ...] = ()
    minimum_age: Decimal | None = None
    maximum_age: Decimal | None = None
    eligibility: str = ""
    languages: tuple[str, ...] = ()
    language_codes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    capacity: str = "unknown"


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


def fit(listing: Listing, facts: Facts) -> Fit:
    """Compare; only what was told about the person is compared. An unknown is said, never dropped."""
    reasons = [
        _need(listing, facts.need) if facts.need else None,
        _age(listing, facts.age) if facts.age is not None else None,
        _language(listing, facts.language) if facts.language else None,
        _area(listing, facts.place) if facts.place else None,
        _eligibility(listing),
        _capacity(listing),
    ]
    return Fit(tuple(reason for reason in reasons if reason))


def _need(listing: Listing, need: str) -> FitReason:
    if need in listing.need_categories:
        return FitReason("need", Verdict.FITS, need)
    known = Verdict.MAY_NOT if listing.need_categories else Verdict.NOT_KNOWN
    return FitReason("need", known, need)


def _age(listing: Listing, age: int) -> FitReason | None:
    low, high = listing.minimum_age, listing.maximum_age
    if low is None and high is None:
        return FitReason("age", Verdict.NOT_KNOWN)
    value = f"{_years(low)}-{_years(high)}"
    inside = (low is None or age >= low) and (high is None or age < high + 1)
    return FitReason("age", Verdict.FITS if inside else Verdict.MAY_NOT, value)


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


def _eligibility(listing: Listing) -> FitReason | None:
    """Rules in words are for a human to read: not known, with the words."""
    words = listing.eligibility.strip()
    if not words or words.lower().strip(" .") in ("none", "no restrictions", "everyone", "anyone", "all"):
        return None
    return FitReason("eligibility", Verdict.NOT_KNOWN, words)


def _capacity(listing: Listing) -> FitReason | None:
    if listing.capacity == "accepting":
        return FitReason("capacity", Verdict.FITS, listing.capacity)
    if listing.capacity in ("waitlist", "full", "paused", "closed"):
        return FitReason("capacity", Verdict.MAY_NOT, listing.capacity)
    return None
