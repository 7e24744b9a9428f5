"""How referrals to a service went, for staff."""

from dataclasses import dataclass
from uuid import UUID

from waypost.directory.models import ServiceUse

ENOUGH = 11  # known outcomes, below which a share would tell of single people


@dataclass(frozen=True, slots=True)
class ServiceOutcomes:
    """Of the last half year. ``received`` of ``outcome_known`` are None below eleven known outcomes."""

    sent: int
    accepted: int
    unanswered: int
    outcome_known: int | None
    received: int | None
    doubtful: bool

    @property
    def outcome_unknown(self) -> int | None:
        """Of how many nobody knows how it ended."""
        return None if self.outcome_known is None else self.sent - self.outcome_known


def service_outcomes(service_id: UUID) -> ServiceOutcomes | None:
    """The numbers of one service; None where none are counted, as for every victim service."""
    row = ServiceUse.objects.filter(
        service_id=service_id, service__organization__is_victim_service=False, service__hidden_why=""
    ).first()
    if row is None:
        return None
    enough = row.outcome_known >= ENOUGH
    return ServiceOutcomes(
        sent=row.sent,
        accepted=row.accepted,
        unanswered=row.unanswered,
        outcome_known=row.outcome_known if enough else None,
        received=row.received if enough else None,
        doubtful=row.sent >= 5 and row.unanswered * 3 >= row.sent,  # noqa: PLR2004 - as in due_sql
    )
