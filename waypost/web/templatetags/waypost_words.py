"""Words in templates: days, languages, topics, whose move, how a referral stands."""

from datetime import date, datetime

from django import template

from waypost.disclosure import words
from waypost.people.cards import PersonCard
from waypost.people.words import instructions
from waypost.referrals.cards import ReferralRow
from waypost.web import presenting

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """ "Thu 3 Dec", or "3 May 2027" in another year."""
    return presenting.day(value)


@register.filter
def near_day(value: date | datetime | None) -> str:
    """ "today", "tomorrow", else like ``day``."""
    return presenting.near_day(value)


@register.filter
def day_time(value: datetime | None) -> str:
    """ "Thu 3 Dec, 10:00"."""
    return presenting.day_time(value)


@register.filter
def clock(value: datetime) -> str:
    """ "10:00"."""
    return presenting.clock(value)


@register.filter
def when(value: datetime | None) -> str:
    """ "Today 11:20", else like ``day_time``."""
    return presenting.when(value)


@register.filter
def safe_contact(person: PersonCard) -> str:
    """What to mind before reaching this person: of each phone that may be used, or that none is safe."""
    phones = [each for each in person.contacts if each.kind == "phone"]
    told = [each for each in phones if each.usable] or phones
    said = [(each.value, instructions(each)) for each in told]
    if len(said) == 1:
        return said[0][1]
    return "; ".join(f"{value}: {words}" for value, words in said if words)


@register.filter
def language_name(code: str) -> str:
    """A language in the reader's own."""
    return presenting.language_name(code)


@register.filter
def topic_name(code: str) -> str:
    """What may be told, in plain words; also the name of a need's category."""
    return words.topic_name(code)


@register.filter
def topic_names(codes: list[str]) -> str:
    """Several topics as a list in words."""
    return words.topic_names(codes)


@register.filter
def category_name(code: str) -> str:
    """The category of a need in plain words."""
    return words.topic_name(code)


@register.filter
def reason_name(code: str) -> str:
    """Why not, in words."""
    return presenting.reason_name(code)


@register.filter
def outcome_tag(row: ReferralRow) -> presenting.Tag:
    """How a referral stands; use with ``{% with tag=row|outcome_tag %}`` (``tag.kind``, ``tag.words``)."""
    return presenting.outcome_tag(row)


@register.filter
def move_label(row: ReferralRow) -> str:
    """ "Our move:"."""
    return presenting.move_label(row.turn)


@register.filter
def move_words(row: ReferralRow, person: str) -> str:
    """ "ask Rosa how it went today"; the argument is the name to say."""
    return presenting.move_words(row.turn, person, row.service_organization)


@register.filter
def tel(number: str) -> str:
    """A phone number as a link target: "tel:+12065550143" for ten digits, else its digits."""
    digits = "".join(each for each in number if each.isdigit())
    return f"tel:+1{digits}" if len(digits) == 10 else f"tel:{digits}"  # noqa: PLR2004 - a US number


@register.filter
def basis_name(code: str) -> str:
    """What allowed a disclosure, in plain words."""
    return presenting.basis_name(code)


@register.filter
def purpose_name(code: str) -> str:
    """What somebody looked or told for, in plain words."""
    return words.purpose_name(code)
