"""The writes of the directory: imported rows, and listings kept by people."""

from waypost.directory.findings import catch_up, listing_changed, make_all_anew
from waypost.directory.services.ad_hoc import add_ad_hoc, expire_listings, extend_ad_hoc
from waypost.directory.services.checking import (
    CheckEntry,
    FieldKey,
    leave_check,
    log_contact,
    record_check,
    set_time,
    take_check,
)
from waypost.directory.services.conflicts import (
    decide_conflict,
    decide_feed,
    stop_trusting,
    trust_source,
)
from waypost.directory.services.delivery import Gone, begin_delivery, end_delivery, note_seen
from waypost.directory.services.duplicates import Found, find_duplicates
from waypost.directory.services.entries import HoursEntry, PhoneEntry, PlaceEntry, ServiceEntry
from waypost.directory.services.facts import confirm_field, keep_fact, may_change, say_field
from waypost.directory.services.faults import answer_fault, forget_senders, report_fault
from waypost.directory.services.listings import (
    create_location,
    create_organization,
    create_service,
    replace_service,
)
from waypost.directory.services.machine import check_by_machine, check_some_by_machine, check_web
from waypost.directory.services.merging import decide_likeness, merge_listings, undo_merge
from waypost.directory.services.safety import (
    decide_safety,
    hold_back_shelters,
    mark_victim_service,
    set_confidential,
)
from waypost.directory.services.settling import settle_due
from waypost.directory.services.sorting import sort_into_needs
from waypost.directory.services.unlisted import (
    Asked,
    ask_not_to_list,
    decide_match,
    hide_unlisted,
    keep_off_the_list,
    list_again,
)
from waypost.directory.services.upkeep import (
    can_edit,
    claim_listing,
    confirm_listing,
    set_capacity,
    set_how_to_reach,
    update_listing,
)
from waypost.directory.services.upsert import (
    IncomingRow,
    Seeing,
    Upserted,
    identity,
    lock_source,
    upsert_rows,
)
from waypost.directory.services.use import UseCount, keep_use
from waypost.directory.services.word_files import (
    NEED_HEAD,
    SYNONYM_HEAD,
    FilePlan,
    change_by_file,
    needs_table,
    plan_needs,
    plan_synonyms,
    synonyms_table,
)
from waypost.directory.services.words import (
    add_need_word,
    checked_synonym,
    remove_need_word,
    remove_synonym,
    reset_need,
    reset_synonym,
    set_synonym,
    tidy,
)

__all__ = [
    "Asked",
    "CheckEntry",
    "FieldKey",
    "FilePlan",
    "Found",
    "Gone",
    "HoursEntry",
    "IncomingRow",
    "NEED_HEAD",
    "PhoneEntry",
    "PlaceEntry",
    "SYNONYM_HEAD",
    "Seeing",
    "ServiceEntry",
    "Upserted",
    "UseCount",
    "add_ad_hoc",
    "add_need_word",
    "answer_fault",
    "ask_not_to_list",
    "begin_delivery",
    "can_edit",
    "catch_up",
    "change_by_file",
    "check_by_machine",
    "check_some_by_machine",
    "check_web",
    "checked_synonym",
    "claim_listing",
    "confirm_field",
    "confirm_listing",
    "create_location",
    "create_organization",
    "create_service",
    "decide_conflict",
    "decide_feed",
    "decide_likeness",
    "decide_match",
    "decide_safety",
    "end_delivery",
    "expire_listings",
    "extend_ad_hoc",
    "find_duplicates",
    "forget_senders",
    "hide_unlisted",
    "hold_back_shelters",
    "identity",
    "keep_fact",
    "keep_off_the_list",
    "keep_use",
    "leave_check",
    "list_again",
    "listing_changed",
    "lock_source",
    "log_contact",
    "make_all_anew",
    "mark_victim_service",
    "may_change",
    "merge_listings",
    "needs_table",
    "note_seen",
    "plan_needs",
    "plan_synonyms",
    "record_check",
    "remove_need_word",
    "remove_synonym",
    "replace_service",
    "report_fault",
    "reset_need",
    "reset_synonym",
    "say_field",
    "set_capacity",
    "set_confidential",
    "set_how_to_reach",
    "set_synonym",
    "set_time",
    "settle_due",
    "sort_into_needs",
    "stop_trusting",
    "synonyms_table",
    "take_check",
    "tidy",
    "trust_source",
    "undo_merge",
    "update_listing",
    "upsert_rows",
]
