"""What forms offer about participants and agreements: values and words."""

from waypost.network.models import AgreementKind, Kind, LegalStatus, PersonWord

KINDS = Kind.choices
LEGAL_STATUSES = LegalStatus.choices
PERSON_WORDS = PersonWord.choices
AGREEMENT_KINDS = AgreementKind.choices
