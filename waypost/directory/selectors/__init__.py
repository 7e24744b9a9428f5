"""The reads of the directory: frozen cards, no model leaves the room."""

from waypost.directory.needs import (
    NeedCategory,
    need_categories,
    need_category,
    need_category_name,
    need_words,
)
from waypost.directory.selectors.asked import SearchQuery
from waypost.directory.selectors.facts import FieldState, field_states, organization_states, place_states
from waypost.directory.selectors.listing import listing_for_referral, listings, service_page
from waypost.directory.selectors.merged import kept_service
from waypost.directory.selectors.overview import Overview, overview
from waypost.directory.selectors.rows import (
    count_rows,
    existing_rows,
    listed_organizations,
    needs_by_hand,
    organizations_named,
    services_of_participant,
)
from waypost.directory.selectors.safety import (
    HoldCard,
    OrganizationState,
    PlaceState,
    organization_state,
    safety_holds,
    waiting_holds,
)
from waypost.directory.selectors.search import count, search
from waypost.directory.selectors.target import referral_target
from waypost.directory.selectors.words import synonyms
from waypost.directory.zips import cities_named, place_named, zip_place, zip_time_zone

__all__ = [
    "FieldState",
    "HoldCard",
    "NeedCategory",
    "OrganizationState",
    "Overview",
    "PlaceState",
    "SearchQuery",
    "cities_named",
    "count",
    "count_rows",
    "existing_rows",
    "field_states",
    "kept_service",
    "listed_organizations",
    "listing_for_referral",
    "listings",
    "need_categories",
    "need_category",
    "need_category_name",
    "need_words",
    "needs_by_hand",
    "organization_state",
    "organization_states",
    "organizations_named",
    "overview",
    "place_states",
    "place_named",
    "referral_target",
    "safety_holds",
    "search",
    "service_page",
    "services_of_participant",
    "synonyms",
    "waiting_holds",
    "zip_place",
    "zip_time_zone",
]
