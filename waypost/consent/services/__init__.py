"""What people do about sharing: agree, would rather not, keep somebody out, take back, look at a paper."""

from waypost.consent.services.agreeing import ALWAYS_TOLD, record_agreement, record_form
from waypost.consent.services.asked import CARE_COORDINATION, Paper, Part
from waypost.consent.services.copies import give_copy
from waypost.consent.services.ending import revoke, take_back_part
from waypost.consent.services.refusing import block, record_preference_not_to_share
from waypost.consent.services.rows import hold
from waypost.consent.services.verifying import confirm_form, send_form_back

__all__ = [
    "ALWAYS_TOLD",
    "CARE_COORDINATION",
    "Paper",
    "Part",
    "block",
    "confirm_form",
    "give_copy",
    "hold",
    "record_agreement",
    "record_form",
    "record_preference_not_to_share",
    "revoke",
    "send_form_back",
    "take_back_part",
]
