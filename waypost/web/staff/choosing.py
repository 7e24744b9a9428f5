"""What the page of choosing says: the filters, each service with its reasons, what was tried and agreed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.consent.selectors import consents
from waypost.directory.cards import SearchHit, SearchResult
from waypost.directory.rules import Verdict
from waypost.disclosure.words import day as long_day
from waypost.disclosure.words import topic_names
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.network.selectors import organizations
from waypost.people.cards import PersonCard
from waypost.referrals.basis import topics_of
from waypost.referrals.cards import ReferralRow
from waypost.referrals.selectors import usual_answer_times
from waypost.web.access import StaffRequest
from waypost.web.finding import Choice, Group, Looking, active, counts, groups, looking_for, quick
from waypost.web.finding.wording import fits_words, may_not_words, unknown_words
from waypost.web.presenting import day, language_choices, outcome_tag, reason_name
from waypost.web.service_words import ServiceRow, contact_words, service_row, takes_referrals

A_DAY = 24
SHORT = 10
SHORT_ID = 36
ASKED = "asked"


def wanted(request: StaffRequest, person: PersonCard, need: str) -> Looking:
    """The filters in force: the person's own ZIP, language and age until the filters were set by hand."""
    looking = replace(looking_for(request), need=need)
    if ASKED in request.GET:
        return looking
    language = person.language if person.language in dict(language_choices()) else ""
    proposed = Looking(
        place=person.postal_code[:SHORT], language="" if language == "en" else language, age=person.age
    )
    fields = {"zip": "place", "language": "language", "age": "age"}
    return looking.with_(proposed, *(field for name, field in fields.items() if name not in request.GET))


@dataclass(frozen=True, slots=True)
class Filters:
    """What the page says of the filters: those on, the usual ones, all of them, what a form carries along."""

    active: list[Choice]
    quick: list[Choice]
    groups: list[Group]
    kept: list[tuple[str, str]]
    bare: str


def filters(request: StaffRequest, looking: Looking, result: SearchResult) -> Filters:
    """The filters of this page; each address says that they were set by hand."""
    beside = {ASKED: "1"}
    if request.GET.get("parent"):
        beside["parent"] = request.GET["parent"][:SHORT_ID]
    counted = counts(result)
    known = bool(result.place_words)
    on = active(looking, place=known, need=False)
    if looking.place:
        here = _("Near %(place)s") % {"place": looking.place}
        on.insert(0, Choice(here, looking.without("place", "serves", "miles").link(), on=True))
    if looking.words:
        on.insert(0, Choice(f"“{looking.words}”", looking.without("words").link(), on=True))
    return Filters(
        active=[_beside(each, beside) for each in on],
        quick=[_beside(each, beside) for each in quick(looking, counted)],
        groups=groups(looking, counted, fixed=["need"]),
        kept=list(beside.items()),
        bare="?" + urlencode(beside),
    )


def _beside(choice: Choice, more: dict[str, str]) -> Choice:
    """The need stands in the path of this page, not among its parameters."""
    pairs = [pair for pair in parse_qsl(choice.href.removeprefix("?")) if pair[0] != "need"]
    return replace(choice, href="?" + urlencode([*pairs, *more.items()]))


@dataclass(frozen=True, slots=True)
class Option:
    """A service to choose, in words. ``together_only``: no referral, only a call made together."""

    service: ServiceRow
    organization: str
    name: str
    fits: str
    not_known: str
    may_not: str
    usually: str
    tried: str
    together_only: bool
    has_inbox: bool
    no_referrals: bool
    contact: str
    chosen: bool


def options(
    actor: Actor, hits: Iterable[SearchHit], looking: Looking, tried: list[ReferralRow], chosen: str = ""
) -> list[Option]:
    """The hits with their reasons, usual answer times, and what became of earlier referrals."""
    found = list(hits)
    claimed = [each.listing.claimed_by for each in found]
    times = usual_answer_times(actor, [each for each in claimed if each is not None])
    found.sort(key=lambda hit: hit.fit.verdict == Verdict.MAY_NOT)  # keeps the order of the search otherwise
    return [_option(hit, looking, times, tried, chosen) for hit in found]


def _option(
    hit: SearchHit, looking: Looking, times: dict[UUID, float], tried: list[ReferralRow], chosen: str
) -> Option:
    listing = hit.listing
    hours = times.get(listing.claimed_by) if listing.claimed_by else None
    before = [
        each
        for each in tried
        if (each.service_organization, each.service_name) == (listing.organization_name, listing.service_name)
    ]
    return Option(
        service=service_row(hit, looking.place),
        organization=listing.organization_name,
        name=listing.service_name,
        fits=fits_words(hit, looking),
        not_known=unknown_words(hit, looking),
        may_not=may_not_words(hit),
        usually=answer_time_words(hours) if hours is not None else "",
        tried=_tried_line(before[0]) if before else "",
        together_only=listing.is_victim_service,
        has_inbox=listing.claimed_by is not None,
        no_referrals=not takes_referrals(listing),
        contact="" if listing.contact_confirmed else contact_words(listing),
        chosen=chosen == str(listing.id),
    )


def answer_time_words(hours: float) -> str:
    """ "Usually answers in 3 hours", in days from one day on."""
    if hours < 1:
        return _("Usually answers within the hour.")
    if hours < A_DAY:
        count = round(hours)
        return ngettext(
            "Usually answers in %(count)d hour.", "Usually answers in %(count)d hours.", count
        ) % {"count": count}
    count = round(hours / A_DAY)
    return ngettext("Usually answers in %(count)d day.", "Usually answers in %(count)d days.", count) % {
        "count": count
    }


def _tried_line(row: ReferralRow) -> str:
    """ "Thu 3 Dec: Can't help right now (No room right now)"."""
    outcome = outcome_tag(row).words
    if row.reason:
        outcome = f"{outcome} ({reason_name(row.reason)})"
    return f"{day(row.sent_at)}: {outcome}"


def tried_words(tried: list[ReferralRow]) -> list[tuple[ReferralRow, str]]:
    """Earlier referrals for this kind of need, newest first, and what became of each."""
    return [(each, _tried_line(each)) for each in tried]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the person agreed to for this need, before a service is chosen."""

    topics: str
    sentence: str


def agreed_words(actor: Actor, person: PersonCard, category: str) -> Agreed | None:
    """The newest agreement in force that covers this need; the gate decides for the service chosen."""
    topics = topics_of(category)
    found = next(
        (
            each
            for each in consents(actor, person.id)
            if each.agreed and each.in_force(now()) and topics <= each.topics
        ),
        None,
    )
    if found is None:
        return None
    whom = _("community partners")
    if found.recipient_class == "named":
        whom = ", ".join(each.name for each in organizations(ids=found.recipient_ids))
    return Agreed(
        topics=topic_names(topics),
        sentence=_("%(person)s agreed on %(since)s that %(whom)s may be told.")
        % {"person": person.first, "since": long_day(found.starts_at), "whom": whom},
    )
