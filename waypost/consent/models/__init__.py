"""What people said about sharing, the forms on which they said it, and what is kept of the paper."""

from waypost.consent.models.forms import Copy, Form, FormStatus, KeptFile, Media
from waypost.consent.models.said import Captured, Consent, Decision, RecipientClass, Status

__all__ = [
    "Captured",
    "Consent",
    "Copy",
    "Decision",
    "Form",
    "FormStatus",
    "KeptFile",
    "Media",
    "RecipientClass",
    "Status",
]
