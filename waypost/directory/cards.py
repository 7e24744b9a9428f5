"""What the rest of the house may know of the directory. A confidential place comes without its address."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from waypost.directory.rules import Fit, Hours, OpenState, ServesAnswer


@dataclass(frozen=True, slots=True)
class PhoneCard:
    """A number to call."""

    number: str
    extension: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """Where a service is. ``of_the_organization``: the service names no place, this is its organization's.

    ``hours``: those of the service at this place alone, where it has none that hold everywhere.
    """

    id: UUID
    name: str
    address: str
    city: str
    postal_code: str
    latitude: float | None
    longitude: float | None
    transportation: str
    accessibility: tuple[str, ...]
    confidential: bool
    virtual: bool
    of_the_organization: bool
    miles: float | None = None
    hours: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetCard:
    """A service as the target of a referral. ``claimed_by``: the participant that reads its inbox.

    ``tells_of``: the sensitive matters that being sent there gives away.
    """

    id: UUID
    service_name: str
    organization_name: str
    claimed_by: UUID | None
    is_victim_service: bool
    how_to_reach: str
    tells_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListingCard:
    """A service as lists, referrals and the fit need it. ``doubted``: several people say it is closed."""

    id: UUID
    service_name: str
    organization_id: UUID
    organization_name: str
    claimed_by: UUID | None
    is_victim_service: bool
    description: str
    status: str
    alert: str
    phones: tuple[PhoneCard, ...]
    website: str
    email: str
    how_to_reach: str
    capacity_status: str
    need_categories: tuple[str, ...]
    languages: tuple[str, ...]
    language_codes: tuple[str, ...]
    interpretation: str
    hours: tuple[Hours, ...]
    hours_lines: tuple[str, ...]
    open_state: OpenState
    open_words: str
    cost: str
    eligibility: str
    minimum_age: Decimal | None
    maximum_age: Decimal | None
    application_process: str
    areas: tuple[str, ...]
    served: tuple[str, ...]
    places: tuple[PlaceCard, ...]
    place_known: bool
    confirmed_on: date | None
    confirmed_how: str
    imported_at: datetime | None
    source: str
    doubted: bool = False
    expires_on: date | None = None
    contact_confirmed: bool = False
    contact_confirmed_on: date | None = None
    capacity_until: date | None = None
    capacity_left: int | None = None
    next_capacity: tuple[str, date, date | None] | None = None
    referrals_a_week: int | None = None
    referral_words: str = ""

    @property
    def place(self) -> PlaceCard | None:
        """The nearest place, or the first."""
        return self.places[0] if self.places else None

    @property
    def miles(self) -> float | None:
        """How far the nearest place is, where that is known."""
        return self.places[0].miles if self.places else None


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A named person or desk."""

    name: str
    title: str
    department: str
    email: str
    phones: tuple[PhoneCard, ...]


@dataclass(frozen=True, slots=True)
class ServicePage:
    """Everything about one service."""

    listing: ListingCard
    organization_description: str
    organization_website: str
    program: str
    contacts: tuple[ContactCard, ...]
    required_documents: tuple[str, ...]
    terms: tuple[str, ...]
    wait_time: str
    other_services: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A listing found, with why. ``unsaid``: the filters about which the listing says nothing."""

    listing: ListingCard
    miles: float | None
    serves: ServesAnswer
    fit: Fit
    matched_needs: tuple[str, ...]
    why: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of a search. ``without_place`` counts the hits of which no place on the map is known.

    ``fitting`` of ``total`` are known to fit every filter and come first; of the others something is not
    known. ``facets``: filter, value, how many would be known to fit if that were chosen as well. Without
    ``counts_exact`` there are more than ``total``, and the counts are of the best of them.
    ``did_you_mean``: the words that were searched instead, because nothing held those typed.
    """

    hits: tuple[SearchHit, ...]
    total: int
    fitting: int
    without_place: int
    page: int
    pages: int
    place_words: str
    problem: str = ""
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    counts_exact: bool = True
    did_you_mean: str = ""
