"""What the page of choosing says: the filters, each service with its reasons, what was tried and agreed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.consent.selectors import consents
from waypost.directory.cards import SearchHit
from waypost.directory.rules import Verdict
from waypost.directory.words import reason_words
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
from waypost.web.paging import words_of
from waypost.web.presenting import day, language_choices, language_name, outcome_tag, reason_name
from waypost.web.service_words import ServiceRow, service_row

A_DAY = 24
SHORT = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters in force. Person's ZIP and language unless the address says something else."""

    words: str
    zip: str
    language: str
    weekday: int | None
    accepting: bool

    @property
    def language_words(self) -> str:
        """The language in words."""
        return language_name(self.language)

    @property
    def day_words(self) -> str:
        """ "Open Saturday"."""
        if self.weekday is None:
            return ""
        return _("Open %(weekday)s") % {"weekday": WEEKDAYS[self.weekday]}

    @property
    def languages(self) -> list[tuple[str, str]]:
        """What the language field offers."""
        return language_choices()

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """What the day field offers."""
        return [(str(number), str(name)) for number, name in WEEKDAYS.items()]

    @property
    def weekday_code(self) -> str:
        """The day as the field writes it."""
        return "" if self.weekday is None else str(self.weekday)


def wanted(request: StaffRequest, person: PersonCard) -> Wanted:
    """The filters from the address; nonsense counts as nothing."""
    given = request.GET
    language = given.get("language", person.language if person.language != "en" else "")
    weekday = given.get("day", "")
    return Wanted(
        words=words_of(request),
        zip=given.get("zip", person.postal_code).replace("\x00", "").strip()[:SHORT],
        language=language if language in dict(language_choices()) else "",
        weekday=int(weekday) if weekday in {str(number) for number in WEEKDAYS} else None,
        accepting=given.get("accepting") == "yes",
    )


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
    chosen: bool


def options(
    actor: Actor, hits: Iterable[SearchHit], zip_code: str, tried: list[ReferralRow], chosen: str = ""
) -> list[Option]:
    """The hits with their reasons, usual answer times, and what became of earlier referrals."""
    found = list(hits)
    claimed = [each.listing.claimed_by for each in found]
    times = usual_answer_times(actor, [each for each in claimed if each is not None])
    found.sort(key=lambda hit: hit.fit.verdict == Verdict.MAY_NOT)  # keeps the order of the search otherwise
    return [_option(hit, zip_code, times, tried, chosen) for hit in found]


def _option(
    hit: SearchHit, zip_code: str, times: dict[UUID, float], tried: list[ReferralRow], chosen: str
) -> Option:
    listing = hit.listing
    hours = times.get(listing.claimed_by) if listing.claimed_by else None
    before = [
        each
        for each in tried
        if (each.service_organization, each.service_name) == (listing.organization_name, listing.service_name)
    ]
    return Option(
        service=service_row(hit, zip_code),
        organization=listing.organization_name,
        name=listing.service_name,
        fits=_reasons(hit, Verdict.FITS),
        not_known=_reasons(hit, Verdict.NOT_KNOWN),
        may_not=_reasons(hit, Verdict.MAY_NOT),
        usually=answer_time_words(hours) if hours is not None else "",
        tried=_tried_line(before[0]) if before else "",
        together_only=listing.is_victim_service,
        has_inbox=listing.claimed_by is not None,
        chosen=chosen == str(listing.id),
    )


def _reasons(hit: SearchHit, verdict: Verdict) -> str:
    """The need itself is why it is listed: not said again."""
    obvious = ("need", Verdict.FITS)
    reasons = hit.fit.with_verdict(verdict)
    return ", ".join(reason_words(each) for each in reasons if (each.about, verdict) != obvious)


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
