"""A listing in words, for all pages with services: open or not, how far, what it costs, how sure we are."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from waypost.directory.cards import ListingCard, PhoneCard, PlaceCard, SearchHit
from waypost.directory.choices import Capacity, ConfirmedHow, HowToReach
from waypost.directory.rules import OpenKind, ServesAnswer
from waypost.directory.selectors import need_category_name
from waypost.kernel.clock import today
from waypost.web.presenting import Tag, day, listed_language, near_day

OPEN_TAGS = {
    OpenKind.OPEN: "good",
    OpenKind.CLOSED: "plain",
    OpenKind.BY_APPOINTMENT: "info",
    OpenKind.NOT_KNOWN: "wait",
}
CAPACITY_TAGS = {
    Capacity.ACCEPTING: "good",
    Capacity.WAITLIST: "wait",
    Capacity.FULL: "stop",
    Capacity.NO_FUNDS: "stop",
    Capacity.PAUSED: "wait",
    Capacity.CLOSED: "stop",
}
NOT_FOR_TALKING = ("fax", "tty", "pager", "sms", "text")
FREE = ("none", "free", "no cost", "no charge", "no fee", "no fees", "free of charge", "gratis", "sin costo")
ANYONE = ("none", "no restrictions", "anyone", "everyone", "all", "cualquier persona", "sin requisitos")
ONE_LINE = 180
SHORT = 60
MOST_LANGUAGES = 4
DIALLED = (3, 7, 10, 11)  # 2-1-1, local, national, with the country's 1
DAYS_AGO = 90
NEAR = 0.1


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service as a card of a list."""

    id: UUID
    name: str
    open: Tag | None
    capacity: Tag | None
    doubted: bool
    line: str
    facts: str
    phone: PhoneCard | None
    address: str
    latitude: str
    longitude: str
    claimed_by: UUID | None
    reach: str


def service_row(hit: SearchHit, near: str = "") -> ServiceRow:
    """What a list says of a hit; ``near`` is where the reader is (a ZIP or a city), when that was told."""
    listing = hit.listing
    if listing.is_victim_service:
        return _hotline_row(listing)
    point = listing.place if tells_place(listing) else None
    return ServiceRow(
        id=listing.id,
        name=full_name(listing),
        open=open_tag(listing),
        capacity=capacity_tag(listing),
        doubted=listing.doubted,
        line=Truncator(" ".join(listing.description.split())).chars(ONE_LINE),
        facts=" · ".join(each for each in _facts(hit, near) if each),
        phone=talking_phone(listing),
        address=address_words(point) if point else "",
        latitude=_degrees(point.latitude if point else None),
        longitude=_degrees(point.longitude if point else None),
        claimed_by=listing.claimed_by,
        reach=str(HowToReach(listing.how_to_reach).label),
    )


def _hotline_row(listing: ListingCard) -> ServiceRow:
    """A victim service: its name, what kind it is, its hotline."""
    return ServiceRow(
        id=listing.id,
        name=full_name(listing),
        open=None,
        capacity=None,
        doubted=False,
        line=", ".join(need_category_name(code) for code in listing.need_categories),
        facts=_("address kept private"),
        phone=talking_phone(listing),
        address="",
        latitude="",
        longitude="",
        claimed_by=None,
        reach=str(HowToReach.PHONE.label),
    )


def full_name(listing: ListingCard) -> str:
    """ "Cedar Food Bank: Weekly groceries"; the service's name alone where it says whose it is."""
    service, organization = listing.service_name, listing.organization_name
    if organization.casefold() in service.casefold():
        return service
    if service.casefold() in organization.casefold():
        return organization
    return f"{organization}: {service}"


def address_words(place: PlaceCard) -> str:
    """ "400 Yesler Way, Seattle, WA 98104"; nothing for a place that is kept private or has no address."""
    town = " ".join(part for part in (place.city, place.postal_code) if part)
    return ", ".join(part for part in (place.address, town) if part)


def place_words(place: PlaceCard) -> str:
    """How one of several places is told from the others: "Old school, 77 Pine St, Seattle, WA 98144"."""
    parts = (place.name, address_words(place))
    known = ", ".join(dict.fromkeys(each for each in parts if each))
    return known or (_("By phone or online") if place.virtual else _("A place without an address"))


def _degrees(number: float | None) -> str:
    return "" if number is None else f"{number:.6f}"


def _facts(hit: SearchHit, near: str) -> tuple[str, ...]:
    listing = hit.listing
    return (
        where_words(hit, near),
        _languages(listing),
        _cost(listing),
        confirmed_words(listing),
    )


def _languages(listing: ListingCard) -> str:
    """The first few by name, and how many more."""
    names = sorted(listed_language(each) for each in listing.languages)
    more = len(names) - MOST_LANGUAGES
    if more <= 0:
        return ", ".join(names)
    words = ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more)
    return words % {"names": ", ".join(names[:MOST_LANGUAGES]), "count": more}


def _cost(listing: ListingCard) -> str:
    if is_free(listing):
        return _("free")
    return Truncator(" ".join(listing.cost.split())).chars(SHORT) if listing.cost else _("cost not known")


def is_free(listing: ListingCard) -> bool:
    """Whether the words about the cost say nothing but that there is none."""
    return listing.cost.casefold().strip(" .!") in FREE


def is_for_anyone(listing: ListingCard) -> bool:
    """Whether the words about who may come say nothing but that there is no rule."""
    return listing.eligibility.casefold().strip(" .!") in ANYONE


def open_tag(listing: ListingCard) -> Tag:
    """ "Open until …", "Opens Sat …", "By appointment", "Hours not known"."""
    return Tag(OPEN_TAGS[listing.open_state.kind], listing.open_words)


def capacity_tag(listing: ListingCard) -> Tag | None:
    """Whether it takes people now; nothing where that is not known."""
    kind = CAPACITY_TAGS.get(Capacity(listing.capacity_status))
    return Tag(kind, capacity_words(listing)) if kind else None


def capacity_words(listing: ListingCard) -> str:
    """ "Full until Fri 27 Nov", "3 places left today", "Waiting list"."""
    words = str(Capacity(listing.capacity_status).label)
    if listing.capacity_left is not None:
        left = listing.capacity_left
        words = ngettext("%(left)s place left", "%(left)s places left", left) % {"left": left}
    if listing.capacity_until is None:
        return words
    if listing.capacity_until == today():
        return pgettext("room for new people", "%(words)s today") % {"words": words}
    return _("%(words)s until %(day)s") % {"words": words, "day": day(listing.capacity_until)}


def coming_words(listing: ListingCard) -> str:
    """ "From Thu 24 Dec to Sat 2 Jan: Closed"; nothing where nothing is to come."""
    if listing.next_capacity is None:
        return ""
    status, first, last = listing.next_capacity
    facts = {"words": str(Capacity(status).label), "first": day(first), "last": day(last)}
    if last is None:
        return _("From %(first)s: %(words)s") % facts
    return _("From %(first)s to %(last)s: %(words)s") % facts


def contact_words(listing: ListingCard) -> str:
    """Whether a human made sure, within 90 days, that the contact answers."""
    if listing.contact_confirmed and listing.contact_confirmed_on:
        return _("Somebody made sure of phone and contact %(day)s.") % {
            "day": near_day(listing.contact_confirmed_on)
        }
    return _("Nobody has made sure of phone and contact in the last 90 days.")


def takes_referrals(listing: ListingCard) -> bool:
    """Whether it wants referrals at all; else a list to take along, or a call together."""
    return listing.how_to_reach != HowToReach.NONE


def tells_place(listing: ListingCard) -> bool:
    """Whether a page may say where it is: not for a victim service, nor when every place is confidential."""
    if listing.is_victim_service:
        return False
    return not listing.places or any(not place.confidential for place in listing.places)


def where_words(hit: SearchHit, near: str = "") -> str:
    """ "0.8 mi", "0.8 mi, serves 98144", "no place on the map": what is known and may be said."""
    if not tells_place(hit.listing):
        where = _("address kept private")
    elif hit.miles is not None:
        where = miles_words(hit.miles)
    elif hit.listing.place and hit.listing.place.virtual:
        where = _("by phone or online")
    elif hit.listing.place and hit.listing.place.city:
        where = hit.listing.place.city
        if near and not hit.listing.place_known:
            where = _("%(city)s, distance not known") % {"city": where}
    else:
        where = _("no place on the map") if near else ""
    served = _("serves %(place)s") % {"place": near} if near and hit.serves == ServesAnswer.YES else ""
    return ", ".join(each for each in (where, served) if each)


def miles_words(miles: float) -> str:
    """ "0.8 mi"; whole miles from ten on."""
    if miles < NEAR:
        return _("less than 0.1 mi")
    return _("%(number)s mi") % {"number": f"{miles:.0f}" if miles >= 10 else f"{miles:.1f}"}  # noqa: PLR2004


def confirmed_words(listing: ListingCard) -> str:
    """ "confirmed 6 days ago", or that nobody has done so since it was imported."""
    if listing.confirmed_on:
        return ago(listing.confirmed_on)
    return _("not confirmed yet")


def ago(then: date) -> str:
    """ "confirmed today", "confirmed 40 days ago", "confirmed 3 May 2025"."""
    days = (today() - then).days
    if days <= 0:
        return _("confirmed today")
    if days <= DAYS_AGO:
        return ngettext("confirmed yesterday", "confirmed %(days)s days ago", days) % {"days": days}
    return _("confirmed %(day)s") % {"day": day(then)}


def confirmed_sentence(listing: ListingCard) -> str:
    """Who made sure that it is right: a human, how and when; nothing where nobody has."""
    if not listing.confirmed_on:
        return ""
    how = str(ConfirmedHow(listing.confirmed_how).label)
    return _("Somebody made sure %(how)s, %(day)s.") % {"how": how, "day": near_day(listing.confirmed_on)}


def talking_phone(listing: ListingCard) -> PhoneCard | None:
    """The first number on which one can talk."""
    talking = (each for each in listing.phones if each.type.lower() not in NOT_FOR_TALKING)
    return next((each for each in talking if can_dial(each.number)), None)


def can_dial(number: str) -> bool:
    """One number and nothing else: not "call the desk", "1-800-FOOD" or two numbers in one."""
    digits = sum(each.isdigit() for each in number)
    return digits in DIALLED and re.fullmatch(r"[\d\s().+/-]+", number, re.ASCII) is not None


def phone_kind(phone: PhoneCard) -> str:
    """What the number is for, in words: "Hotline"; nothing for an ordinary line."""
    known = {
        "fax": _("Fax"),
        "tty": _("TTY, for deaf people"),
        "hotline": _("Hotline"),
        "text": _("Text messages"),
        "sms": _("Text messages"),
        "cell": _("Mobile"),
        "video": _("Video"),
        "voice": "",
    }
    return known.get(phone.type.lower(), phone.type)


def web_address(text: str) -> str:
    """The address if it can be a link (http or https, with a host), else nothing: feeds hold anything."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or re.search(r"\s", text.strip()):
        return ""
    return text.strip()


def is_mail(text: str) -> bool:
    """Whether it looks enough like an e-mail address to be written to."""
    return re.fullmatch(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+", text.strip(), re.ASCII) is not None


def ages_words(low: Decimal | None, high: Decimal | None) -> str:
    """ "18 years and over", "up to 5 years", "12 to 18 years"; nothing where no age is said."""
    ages = {"low": _years(low), "high": _years(high)}
    if low and high:
        return _("%(low)s to %(high)s years") % ages
    if high:
        return _("up to %(high)s years") % ages
    return _("%(low)s years and over") % ages if low else ""


def _years(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
