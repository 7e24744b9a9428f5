"""The reads of the directory: frozen cards, no model leaves the room."""

from waypost.directory.needs import (
    NeedCategory,
    need_categories,
    need_category,
    need_category_name,
    need_words,
)
from waypost.directory.selectors.asked import SearchQuery
from waypost.directory.selectors.contacted import ContactedCard, TimeSpent, contact_log, contacted, time_spent
from waypost.directory.selectors.due import DueAsked, DueList, DueRow, cadences, due_counts, due_list, due_row
from waypost.directory.selectors.facts import FieldState, field_states, organization_states, place_states
from waypost.directory.selectors.faults import FaultCard, FaultPage, fault, faults, faults_of, reported
from waypost.directory.selectors.imports import (
    changes,
    feed,
    feed_mapping,
    feed_state,
    feeds,
    live_runs,
    run,
    runs,
    set_aside,
    undo_refused,
)
from waypost.directory.selectors.listing import listing_for_referral, listings, service_page
from waypost.directory.selectors.merged import kept_service
from waypost.directory.selectors.overview import Overview, overview
from waypost.directory.selectors.rows import (
    count_rows,
    existing_rows,
    listed_organizations,
    needs_by_hand,
    organizations_listed,
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
from waypost.directory.selectors.said_hours import hours_of
from waypost.directory.selectors.search import count, search
from waypost.directory.selectors.target import referral_target
from waypost.directory.selectors.trying import Tried, tried
from waypost.directory.selectors.use import ServiceOutcomes, service_outcomes
from waypost.directory.selectors.word_lists import (
    ChangeRow,
    NeedRow,
    Sorting,
    SynonymRow,
    need_rows,
    sorting_state,
    synonym_row,
    synonym_rows,
    word_changes,
    words_of_need,
)
from waypost.directory.selectors.words import synonyms
from waypost.directory.zips import cities_named, place_named, zip_place, zip_time_zone

__all__ = [
    "ChangeRow",
    "ContactedCard",
    "DueAsked",
    "DueList",
    "DueRow",
    "FaultCard",
    "FaultPage",
    "FieldState",
    "HoldCard",
    "NeedCategory",
    "NeedRow",
    "OrganizationState",
    "Overview",
    "PlaceState",
    "SearchQuery",
    "ServiceOutcomes",
    "Sorting",
    "SynonymRow",
    "TimeSpent",
    "Tried",
    "cadences",
    "changes",
    "cities_named",
    "contact_log",
    "contacted",
    "count",
    "count_rows",
    "due_counts",
    "due_list",
    "due_row",
    "existing_rows",
    "fault",
    "faults",
    "faults_of",
    "feed",
    "feed_mapping",
    "feed_state",
    "feeds",
    "field_states",
    "hours_of",
    "kept_service",
    "listed_organizations",
    "listing_for_referral",
    "listings",
    "live_runs",
    "need_categories",
    "need_category",
    "need_category_name",
    "need_rows",
    "need_words",
    "needs_by_hand",
    "organization_state",
    "organization_states",
    "organizations_listed",
    "organizations_named",
    "overview",
    "place_named",
    "place_states",
    "referral_target",
    "reported",
    "run",
    "runs",
    "safety_holds",
    "search",
    "service_outcomes",
    "service_page",
    "services_of_participant",
    "set_aside",
    "sorting_state",
    "synonym_row",
    "synonym_rows",
    "synonyms",
    "time_spent",
    "tried",
    "undo_refused",
    "waiting_holds",
    "word_changes",
    "words_of_need",
    "zip_place",
    "zip_time_zone",
]
