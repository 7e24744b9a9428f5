"""The profile: what this installation adds to HSDS 3.2, as data. In words: docs/reference/hsds-profile.md."""

from typing import Any

from waypost.interop.hsds.publish import PROFILE_KEY

PROFILE: dict[str, Any] = {
    "name": "Waypost",
    "standard": "Human Services Data Specification 3.2.3",
    "key": PROFILE_KEY,
    "rule": f"Everything that is added stands in the property '{PROFILE_KEY}' of an object; in tables in a"
    " column of that name, as JSON. Without it, an object is one of the standard.",
    "properties": {
        "source": "The feed from which the row came; 'local' was written here.",
        "source_id": "The id that the feed gave. The id of the object is this installation's own.",
        "source_scope": "The part of the feed within which source_id is unique, if not the whole feed.",
        "imported_at": "When the row last came with other content from its feed.",
        "modified_at": "services: when the service or anything that belongs to it last changed here. The"
        " parameter modified_after looks at this moment and at last_modified, which is the feed's word.",
        "columns": "Values as they are kept where the standard's type, format or closed list cannot hold them"
        " (an IANA time zone, a status in other words), and columns beyond the standard: schedules.holiday,"
        " schedules.closed.",
        "time_zone": "schedules: the IANA time zone in which the hours are meant.",
        "extra": "files only: what the feed said beyond the standard, as it came.",
        "need_categories": "services: which needs are answered, by the codes of Gravity's domains.",
        "how_to_reach": "services: walk_in, phone, link, inbox or none, as the organization wants it.",
        "verification": {
            "confirmed_on": "services: the day on which a human made sure that the listing is right.",
            "confirmed_how": "web, phone or visit.",
            "contact_confirmed_on": "the day on which a human made sure that the contact answers.",
        },
        "capacity": {
            "status": "services: accepting, waitlist, full, paused or closed. Absent: not known.",
            "changed_at": "since when.",
            "until": "the last day on which this is still known.",
        },
        "expires_on": "services: the last day of a listing that ends by itself.",
    },
    "tombstones": {
        "address": "/hsds/v3/tombstones",
        "properties": {
            "kind": "organization, service or location.",
            "why": "merged, do_not_list (asked not to be listed), expired, gone (no longer in its feed) or"
            " removed (by its keeper).",
            "gone_at": "since when.",
            "merged_into": "the id of the listing that is shown instead.",
        },
        "single": "GET of such an organization or service answers 410 with the same properties.",
    },
    "left_out": "Confidential places. Of a victim service everything but its name, status, needs and phones.",
    "newer": {
        "parameter": "hsds_version=3.3",
        "renamed": {"service.schedules": "service.operating_hours"},
        "words": "3.3 gives up service.schedules in favour of service.operating_hours and service.events, and"
        " has schedule.group. Services here have no events and no groups.",
    },
}
