"""A service on paper: where, when, whom to call, what to bring, how to get there."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import segno
from django.conf import settings
from django.urls import reverse

from waypost.directory.cards import ListingCard, PlaceCard
from waypost.directory.selectors import need_category_name, service_page, zip_place
from waypost.kernel.errors import NotVisible
from waypost.web.presenting import listed_language
from waypost.web.service_words import (
    address_words,
    full_name,
    is_free,
    phone_kind,
    talking_phone,
    tells_place,
    web_address,
)

MOST_PHONES = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of one service; of a victim service its name, kind and hotline. ``qr``: an SVG as data."""

    name: str
    kind: str
    description: str
    phones: list[str]
    call_first: bool
    address: str
    address_private: bool
    getting_there: str
    hours: tuple[str, ...]
    documents: str
    how_to: str
    cost: str
    free: bool
    languages: str
    website: str
    quiet: bool
    qr: str
    page: str


def sheets(service_ids: Iterable[UUID], zip_code: str = "") -> list[Sheet]:
    """One for each service that is still listed; the place nearest to the ZIP comes first."""
    near = zip_place(zip_code[:5]) if zip_code else None
    found = []
    for each in service_ids:
        try:
            page = service_page(each, near=near)
        except NotVisible:  # taken out of the directory since it was chosen
            continue
        found.append(_sheet(page.listing, page.required_documents))
    return found


def _sheet(listing: ListingCard, documents: tuple[str, ...]) -> Sheet:
    place = _place(listing)
    page = _page(listing) if settings.PUBLIC_DIRECTORY and not listing.is_victim_service else ""
    return Sheet(
        name=full_name(listing),
        kind=", ".join(need_category_name(code) for code in listing.need_categories),
        description=listing.description,
        phones=_phones(listing),
        call_first=talking_phone(listing) is not None,
        address=address_words(place) if place else "",
        address_private=not tells_place(listing),
        getting_there=place.transportation if place else "",
        hours=listing.hours_lines,
        documents="; ".join(documents),
        how_to=listing.application_process,
        cost=listing.cost,
        free=is_free(listing),
        languages=", ".join(sorted(listed_language(each) for each in listing.languages)),
        website=web_address(listing.website),
        quiet=listing.is_victim_service,
        qr=_code(page) if page else "",
        page=page,
    )


def _place(listing: ListingCard) -> PlaceCard | None:
    if not tells_place(listing):
        return None
    return next((each for each in listing.places if not each.confidential and not each.virtual), None)


def _phones(listing: ListingCard) -> list[str]:
    """ "Hotline: 206-555-0100 ext. 2": those to talk on first, no more than two."""
    lines = []
    for phone in listing.phones:
        kind = phone_kind(phone)
        number = f"{phone.number} × {phone.extension}" if phone.extension else phone.number
        lines.append(f"{kind}: {number}" if kind else number)
    return lines[:MOST_PHONES]


def _page(listing: ListingCard) -> str:
    return f"{settings.BASE_URL}{reverse('service', args=[listing.id])}"


def _code(address: str) -> str:
    """The QR code of an address (ISO/IEC 18004), as an image that needs no file."""
    return str(segno.make(address, error="m", micro=False).svg_data_uri(scale=3, border=2, nl=False))
