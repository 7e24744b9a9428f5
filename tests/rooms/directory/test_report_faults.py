"""Reports of faults: rates, doubt, answers, what the reporter reads, what is forgotten."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.community import Community
from waypost.directory.models import Fault, Service
from waypost.directory.selectors import fault, faults, faults_of, reported
from waypost.directory.services import (
    answer_fault,
    confirm_listing,
    create_service,
    forget_senders,
    report_fault,
)
from waypost.kernel import clock
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = "203.0.113.7", "203.0.113.8", "203.0.113.9"


def report(service_id: UUID, kind: str = "closed", address: str = ONE, words: str = "") -> tuple[str, str]:
    return report_fault(service_id=service_id, kind=kind, words=words, address=address)


def doubted(community: Community) -> bool:
    return Service.objects.get(pk=community.pantry).doubted_at is not None


def test_two_people_who_say_closed_put_a_listing_in_doubt(community: Community) -> None:
    report(community.pantry)
    assert not doubted(community)
    report(community.pantry, "hours", TWO)
    assert not doubted(community)
    report(community.pantry, "closed", TWO)
    assert doubted(community)
    assert not Service.objects.get(pk=community.pantry).hidden_why


def test_one_person_cannot_do_that_alone(community: Community) -> None:
    report(community.pantry)
    with pytest.raises(Refused, match="already"):
        report(community.pantry)
    with clock.at(now() + timedelta(days=2)):
        report(community.pantry)
    assert Fault.objects.count() == 2
    assert not doubted(community)


def test_an_answer_or_a_confirmation_ends_the_doubt(community: Community) -> None:
    for address in (ONE, TWO):
        report(community.pantry, "closed", address)
    first, _second = Fault.objects.order_by("reported_at")
    answer_fault(actor=community.ana, fault_id=first.id, outcome="right", words="We called: they are open.")
    assert not doubted(community)
    report(community.pantry, "closed", THREE)
    assert doubted(community)
    confirm_listing(actor=community.ivy, service_id=community.pantry, how="phone")
    assert not doubted(community)


def test_the_reporter_reads_the_outcome_and_nobody_elses_words(community: Community) -> None:
    reference, key = report(community.pantry, "other", words="They moved to Pine Street")
    page = reported(key)
    assert (page.reference, page.service_name, page.kind, page.outcome) == (
        reference,
        "St. Luke pantry",
        "other",
        "",
    )
    (card,), count = faults(community.ana)
    assert (count, card.words, card.open) == (1, "They moved to Pine Street", True)
    answer_fault(actor=community.ana, fault_id=card.id, outcome="mended", words="Thank you!")
    page = reported(key)
    assert (page.outcome, page.answer) == ("mended", "Thank you!")
    assert not hasattr(page, "words")
    for wrong in ("", "x", reference, str(card.id)):
        with pytest.raises(NotVisible):
            reported(wrong)
    assert key not in str(list(Fault.objects.values()))


def test_rates(community: Community) -> None:
    church = Service.objects.get(pk=community.pantry).organization_id
    for number in range(5):
        report(create_service(organization_id=church, name=f"Service {number}"), "hours")
    with pytest.raises(Refused, match="tomorrow"):
        report(community.pantry)
    with clock.at(now() + timedelta(days=1, minutes=1)):
        report(community.pantry)
    for number in range(9):
        report(community.groceries, "phone", f"198.51.100.{number}")
    report(community.groceries, "hours", "198.51.100.77")
    with pytest.raises(Refused, match="looking into it"):
        report(community.groceries, "hours", "198.51.100.78")


@pytest.mark.parametrize(
    ("kind", "words", "field"),
    [("bad", "", "kind"), ("other", "  ", "words"), ("hours", "x" * 1001, "words")],
)
def test_what_is_refused(community: Community, kind: str, words: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        report(community.pantry, kind, words=words)
    assert refused.value.field == field


def test_hidden_and_unknown_listings_take_no_report(community: Community) -> None:
    Service.objects.filter(pk=community.pantry).update(hidden_why="do_not_list")
    for each in (community.pantry, uuid4()):
        with pytest.raises(NotVisible):
            report(each)


def test_whoever_looks_after_a_listing_answers(community: Community) -> None:
    report(community.groceries)
    found = Fault.objects.get()
    for actor in (community.ana, community.olga, community.ito):
        assert faults(actor) == ([], 0)
        with pytest.raises(NotVisible):
            fault(actor, found.id)
        with pytest.raises(NotVisible):
            answer_fault(actor=actor, fault_id=found.id, outcome="right", words="")
    for actor in (community.sam, community.ivy):
        assert faults(actor)[1] == 1
    assert len(faults_of(community.groceries)) == 1
    answer_fault(actor=community.sam, fault_id=found.id, outcome="right", words="")
    with pytest.raises(Refused, match="already"):
        answer_fault(actor=community.ivy, fault_id=found.id, outcome="mended", words="")
    assert faults(community.sam)[1] == 0
    assert faults(community.sam, open_ones=False)[1] == 1


def test_the_sender_is_a_hash_and_is_forgotten(community: Community) -> None:
    report(community.pantry)
    assert ONE not in str(list(Fault.objects.values()))
    assert forget_senders() == 0
    with clock.at(now() + timedelta(days=31)):
        assert forget_senders() == 1
    assert Fault.objects.get().sender == ""
