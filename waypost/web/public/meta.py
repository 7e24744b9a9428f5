"""What a page tells a search engine: whether it may stand there, under which address, in which words."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from waypost.directory.cards import ListingCard, PlaceCard
from waypost.directory.selectors import need_category_name
from waypost.web.finding import Looking
from waypost.web.service_words import full_name, talking_phone, tells_place, web_address

SHORT = 155
# As json_script of Django does: nothing of it can end the element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Meta:
    """``data`` is a block of JSON-LD: no browser runs it, so no policy about scripts stops it."""

    index: bool
    description: str = ""
    canonical: str = ""
    follow: bool = False
    data: SafeString | str = ""


def of_search(looking: Looking) -> Meta:
    """The first page and one page a need are indexed; of every other search, only the links are followed."""
    if not settings.PUBLIC_DIRECTORY:
        return Meta(index=False)
    if looking != Looking(need=looking.need):
        return Meta(index=False, follow=True)
    words = _("Free and low-cost services in %(network)s.") % {"network": settings.NETWORK_NAME}
    if looking.need:
        words = f"{need_category_name(looking.need)}: {words}"
    address = looking.link() if looking.need else ""
    return Meta(
        index=True, description=words, canonical=f"{settings.BASE_URL}{reverse('find_help')}{address}"
    )


def of_about() -> Meta:
    """What this is."""
    words = _("Free and low-cost services in %(network)s.") % {"network": settings.NETWORK_NAME}
    return Meta(index=True, description=words, canonical=f"{settings.BASE_URL}{reverse('about')}")


def of_service(listing: ListingCard, *, gone: bool) -> Meta:
    """A service that is offered; of a victim service no more than its page shows."""
    if gone or not settings.PUBLIC_DIRECTORY:
        return Meta(index=False)
    words = listing.description or ", ".join(need_category_name(code) for code in listing.need_categories)
    return Meta(
        index=True,
        description=Truncator(" ".join(words.split()) or full_name(listing)).chars(SHORT),
        canonical=f"{settings.BASE_URL}{reverse('service', args=[listing.id])}",
        data="" if listing.is_victim_service else _block(_service(listing)),
    )


def _service(listing: ListingCard) -> dict[str, Any]:
    """schema.org Service, with the first place whose address may be told."""
    phone = talking_phone(listing)
    place = next((each for each in listing.places if not each.confidential and not each.virtual), None)
    channel: dict[str, Any] = {"@type": "ServiceChannel"}
    if phone:
        channel["servicePhone"] = {"@type": "ContactPoint", "telephone": phone.number}
    if place and place.address and tells_place(listing):
        channel["serviceLocation"] = _place(place)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Service",
        "name": listing.service_name,
        "provider": {"@type": "Organization", "name": listing.organization_name},
        "serviceType": [need_category_name(code) for code in listing.need_categories],
        "areaServed": list(listing.areas),
        "description": listing.description,
        "url": web_address(listing.website),
        "availableChannel": channel if len(channel) > 1 else None,
    }
    return {name: value for name, value in found.items() if value}


def _place(place: PlaceCard) -> dict[str, Any]:
    city, _comma, state = place.city.partition(", ")
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.address,
        "addressLocality": city,
        "addressRegion": state,
        "postalCode": place.postal_code,
    }
    return {"@type": "Place", "address": {name: value for name, value in address.items() if value}}


def _block(data: dict[str, Any]) -> SafeString:
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped
