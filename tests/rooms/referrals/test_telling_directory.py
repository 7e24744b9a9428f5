"""What the directory is told of how referrals went: numbers by service."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.community import Community, sent_referral
from waypost.directory.selectors import service_outcomes
from waypost.directory.services import UseCount
from waypost.kernel import clock
from waypost.kernel.clock import now
from waypost.kernel.transaction import acting
from waypost.network.models import Organization
from waypost.referrals import services as referrals
from waypost.referrals.cards import LoopFact
from waypost.referrals.services.telling_directory import tell_directory, use_counts

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
SERVICE = uuid4()


def fact(status: str, outcome: str = "", *, days: int = 10, handoff: str = "inbox") -> LoopFact:
    return LoopFact(
        referral_id=uuid4(),
        sender_id=uuid4(),
        recipient_id=uuid4(),
        need_id=uuid4(),
        service_id=SERVICE,
        category="food-insecurity",
        handoff=handoff,
        status=status,
        sent_at=AT - timedelta(days=days),
        answered_at=None,
        outcome=outcome,
        outcome_at=None,
        need_met=None,
    )


def test_twelve_sent_two_accepted_five_unanswered() -> None:
    facts = [
        *(fact("requested") for _ in range(5)),
        fact("requested", days=6),  # not a week yet
        fact("requested", handoff="take_along"),  # the service was told nothing
        fact("requested", "received", handoff="together"),
        fact("rejected"),
        fact("rejected"),
        fact("completed", "received"),
        fact("accepted"),
        fact("cancelled"),  # counts for nobody
    ]
    assert use_counts(facts, at=AT) == [
        UseCount(service_id=SERVICE, sent=12, accepted=2, unanswered=5, outcome_known=2, received=2)
    ]


@pytest.mark.parametrize(
    ("outcome", "known", "received"),
    [("received", 1, 1), ("partly_received", 1, 1), ("not_received", 1, 0), ("", 0, 0)],
)
def test_outcomes(outcome: str, known: int, received: int) -> None:
    (found,) = use_counts([fact("completed", outcome)], at=AT)
    assert (found.outcome_known, found.received) == (known, received)


@pytest.mark.django_db
def test_the_directory_is_told_of_the_last_half_year(community: Community) -> None:
    _person, referral, _consent = sent_referral(community)
    with acting(community.sam):
        referrals.move(actor=community.sam, referral_id=referral, name="accept")
    assert tell_directory() == 1
    found = service_outcomes(community.groceries)
    assert found is not None
    assert (found.sent, found.accepted, found.unanswered) == (1, 1, 0)
    with clock.at(now() + timedelta(days=190)):
        assert tell_directory() == 0
    assert service_outcomes(community.groceries) is None


@pytest.mark.django_db
def test_victim_services_are_in_no_figure(community: Community) -> None:
    sent_referral(community)
    _make_victim_service(community.bank)
    assert tell_directory() == 0


def _make_victim_service(organization: UUID) -> None:
    Organization.objects.filter(pk=organization).update(legal_status="victim_service")
