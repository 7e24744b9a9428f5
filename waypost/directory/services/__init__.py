"""The writes of the directory: imported rows, and listings kept by people."""

from waypost.directory.findings import catch_up, listing_changed, make_all_anew
from waypost.directory.services.duplicates import Found, find_duplicates
from waypost.directory.services.entries import HoursEntry, PhoneEntry, PlaceEntry, ServiceEntry
from waypost.directory.services.facts import confirm_field, keep_fact, may_change, say_field
from waypost.directory.services.listings import (
    create_location,
    create_organization,
    create_service,
    replace_service,
)
from waypost.directory.services.merging import decide_likeness, merge_listings, undo_merge
from waypost.directory.services.safety import (
    decide_safety,
    hold_back_shelters,
    mark_victim_service,
    set_confidential,
)
from waypost.directory.services.sorting import sort_into_needs
from waypost.directory.services.upkeep import (
    can_edit,
    claim_listing,
    confirm_listing,
    set_capacity,
    set_how_to_reach,
    update_listing,
)
from waypost.directory.services.upsert import IncomingRow, Upserted, identity, lock_source, upsert_rows
from waypost.directory.services.words import (
    add_need_word,
    remove_need_word,
    remove_synonym,
    reset_need,
    reset_synonym,
    set_synonym,
)

__all__ = [
    "Found",
    "HoursEntry",
    "IncomingRow",
    "PhoneEntry",
    "PlaceEntry",
    "ServiceEntry",
    "Upserted",
    "add_need_word",
    "can_edit",
    "catch_up",
    "claim_listing",
    "confirm_field",
    "confirm_listing",
    "create_location",
    "create_organization",
    "create_service",
    "decide_likeness",
    "decide_safety",
    "find_duplicates",
    "hold_back_shelters",
    "identity",
    "keep_fact",
    "listing_changed",
    "lock_source",
    "make_all_anew",
    "mark_victim_service",
    "may_change",
    "merge_listings",
    "remove_need_word",
    "remove_synonym",
    "replace_service",
    "reset_need",
    "reset_synonym",
    "say_field",
    "set_capacity",
    "set_confidential",
    "set_how_to_reach",
    "set_synonym",
    "sort_into_needs",
    "undo_merge",
    "update_listing",
    "upsert_rows",
]
