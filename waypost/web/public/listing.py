"""The page of one service: everything the listing holds, in the order in which people ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from waypost.directory.cards import ListingCard, PhoneCard, PlaceCard, ServicePage
from waypost.directory.choices import LOCAL_SOURCE, NOT_OFFERED, HowToReach
from waypost.directory.selectors import kept_service, need_category_name, service_page
from waypost.directory.services import can_edit
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.web.access import open_directory
from waypost.web.hours_words import HoursTable, hours_table
from waypost.web.partner.our_hours import differ
from waypost.web.presenting import Tag, listed_language
from waypost.web.public.meta import of_service
from waypost.web.quick_exit import is_about_violence
from waypost.web.service_words import (
    ages_words,
    capacity_tag,
    coming_words,
    confirmed_sentence,
    contact_words,
    is_for_anyone,
    is_free,
    is_mail,
    open_tag,
    phone_kind,
    takes_referrals,
    talking_phone,
    tells_place,
    web_address,
)
from waypost.web.staff.kept import ours
from waypost.web.upkeep.sureness import sureness


@dataclass(frozen=True, slots=True)
class Line:
    """A phone number with what it is for."""

    phone: PhoneCard
    kind: str


@dataclass(frozen=True, slots=True)
class At:
    """A place, with its own hours where those differ by place."""

    place: PlaceCard
    hours: HoursTable | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A listing with its words; links only where they can be links."""

    listing: ListingCard
    page: ServicePage
    organization: str
    open: Tag
    capacity: Tag | None
    gone: bool
    hours: HoursTable
    places: list[At]
    by_place: bool
    call: PhoneCard | None
    phones: list[Line]
    tells_place: bool
    website: str
    website_words: str
    email: str
    free: bool
    anyone: bool
    ages: str
    needs: list[str]
    languages: list[str]
    accessibility: list[str]
    confirmed: str
    imported_from: str
    reach: str
    contact: str
    coming: str
    takes_referrals: bool


@open_directory
@require_safe
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Open to all; those who work here see it in their own frame, with what matters for a referral."""
    try:
        page = service_page(service_id)
    except NotVisible as hidden:
        if instead := kept_service(service_id):
            return redirect("service", instead, permanent=True)
        raise Http404 from hidden
    actor: Actor | None = getattr(request, "actor", None)
    context = {
        "shown": shown(page),
        "sure": sureness(service_id, actor),
        "staff": actor is not None,
        "may_edit": _is_ours(actor, page.listing),
        "meta": of_service(page.listing, gone=page.listing.status in NOT_OFFERED),
        "ours": ours(actor, service_id),
        "violent": is_about_violence(page.listing),
        "layout": "layout/base.html" if actor else "layout/public.html",
    }
    name = "web/public/hotline.html" if page.listing.is_victim_service else "web/public/service.html"
    return render(request, name, context)


def shown(page: ServicePage) -> Shown:
    """The page's words."""
    listing = page.listing
    places = listing.places if tells_place(listing) else ()
    by_place = len(places) > 1 and differ(listing)
    return Shown(
        listing=listing,
        page=page,
        organization="" if listing.organization_name == listing.service_name else listing.organization_name,
        open=open_tag(listing),
        capacity=capacity_tag(listing),
        gone=listing.status in NOT_OFFERED,
        hours=hours_table(listing.hours),
        places=[At(each, hours_table(each.hours) if by_place else None) for each in listing.places],
        by_place=by_place,
        call=talking_phone(listing),
        phones=[Line(each, phone_kind(each)) for each in listing.phones],
        tells_place=tells_place(listing),
        website=web_address(listing.website),
        website_words=listing.website,
        email=listing.email if is_mail(listing.email) else "",
        free=is_free(listing),
        anyone=is_for_anyone(listing),
        ages=ages_words(listing.minimum_age, listing.maximum_age),
        needs=[need_category_name(code) for code in listing.need_categories],
        languages=sorted(listed_language(each) for each in listing.languages),
        accessibility=_unique(words.replace("_", " ") for place in places for words in place.accessibility),
        confirmed=confirmed_sentence(listing),
        imported_from="" if listing.source == LOCAL_SOURCE else listing.source,
        reach=str(HowToReach(listing.how_to_reach).label),
        contact=_contact(listing),
        coming=coming_words(listing),
        takes_referrals=takes_referrals(listing),
    )


def _contact(listing: ListingCard) -> str:
    """Nothing where no contact is listed, nor where the whole listing was confirmed on the same day."""
    listed = listing.phones or listing.email or listing.website
    with_all = listing.contact_confirmed and listing.contact_confirmed_on == listing.confirmed_on
    return contact_words(listing) if listed and not with_all else ""


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _is_ours(actor: Actor | None, listing: ListingCard) -> bool:
    """Whether this actor's organization looks after the listing (and its page to change it is open)."""
    if actor is None or actor.organization_id != listing.claimed_by:
        return False
    return can_edit(actor=actor, claimed_by=listing.claimed_by)
