"""What was sent on an agreement between organizations ends, when that is ended early, before the commit.

No job runs in these tests but where one is called by name.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from tests.community import Community, food_need, plan_inbox, rosa, sent_referral
from waypost.disclosure.models import Access, Disclosure
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import Refused
from waypost.kernel.models import Event
from waypost.kernel.transaction import acting
from waypost.network.models import Agreement
from waypost.network.selectors import agreements_between
from waypost.network.services import end_agreement, record_agreement
from waypost.referrals import selectors, services
from waypost.referrals.jobs import sharing_over

pytestmark = pytest.mark.django_db


def deal(community: Community, *others: UUID, kind: str = "data_sharing") -> UUID:
    """The clinic and the food bank share data for 300 more days."""
    return record_agreement(
        kind=kind,
        party_ids=[community.clinic, community.bank, *others],
        purposes=["care_coordination"],
        valid_from=today() - timedelta(days=9),
        valid_to=today() + timedelta(days=300),
        signed_on=today() - timedelta(days=9),
    )


def drafted(community: Community) -> tuple[UUID, UUID]:
    """Rosa, who has signed nothing, with a referral that is ready to be sent."""
    ana = community.ana
    person = rosa(ana)
    need = food_need(ana, person)
    with acting(ana):
        referral = services.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
        services.plan_handoff(actor=ana, referral_id=referral, plan=plan_inbox())
    return person, referral


def sent(community: Community) -> tuple[UUID, UUID]:
    """Sent on the agreement alone."""
    person, referral = drafted(community)
    with acting(community.ana):
        services.send(actor=community.ana, referral_id=referral)
        assert selectors.referral(community.ana, referral).basis == "agreement"
    return person, referral


def ended(community: Community, agreement: UUID) -> None:
    """By the integrator."""
    with acting(community.ivy):
        end_agreement(actor=community.ivy, agreement_id=agreement)


def seen(actor: Actor, person: UUID) -> bool:
    """Whether the database itself shows this record to the actor's organization."""
    with acting(actor), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE id = %s", [person])
        return bool(cursor.fetchone()[0])


def test_who_reads_next_sees_nothing(community: Community, as_web: Callable[[], None]) -> None:
    agreement = deal(community)
    as_web()
    person, referral = sent(community)
    assert seen(community.sam, person)
    ended(community, agreement)
    assert not seen(community.sam, person)
    with acting(community.sam):
        card = selectors.referral(community.sam, referral)
        assert (card.sharing_ran_out, card.moves) == (True, ())
        assert card.sharing_ended_at is not None
        with pytest.raises(Refused, match="has run out"):
            services.note(actor=community.sam, referral_id=referral, words="He came.")
    with acting(community.ana), pytest.raises(Refused, match="has ended"):
        services.note(actor=community.ana, referral_id=referral, words="Is Friday good?")
    assert seen(community.ana, person), "her own record stays hers"


def test_both_are_told_once(community: Community) -> None:
    agreement = deal(community)
    _, referral = sent(community)
    ended(community, agreement)
    sharing_over(timestamp=0)
    told = Event.objects.filter(name="referral.sharing_ended", payload__referral_id=str(referral))
    assert told.count() == 1


def test_what_is_completed_ends_too_and_nobody_is_told(
    community: Community, as_web: Callable[[], None]
) -> None:
    agreement = deal(community)
    as_web()
    person, referral = sent(community)
    with acting(community.sam):
        services.move(actor=community.sam, referral_id=referral, name="accept")
        services.move(actor=community.sam, referral_id=referral, name="complete")
    assert seen(community.sam, person), "a served person's record stays open while the agreement holds"
    ended(community, agreement)
    assert not seen(community.sam, person)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert not Event.objects.filter(name="referral.sharing_ended").exists()


def test_nothing_new_goes_on_it_in_the_page_and_in_the_database(community: Community) -> None:
    agreement = deal(community)
    _, referral = drafted(community)
    ended(community, agreement)
    with acting(community.ana), pytest.raises(Refused, match="may not be shared"):
        services.send(actor=community.ana, referral_id=referral)
    assert not Disclosure.objects.exists()
    with acting(community.ana), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="no agreement stands behind"), transaction.atomic():
            cursor.execute(
                "UPDATE referrals_referral SET status = 'requested', basis = 'agreement', sent_at = now(),"
                " topics = ARRAY['food-insecurity'] WHERE id = %s",
                [referral],
            )


def test_a_no_that_is_undone_opens_nothing_again(community: Community, as_web: Callable[[], None]) -> None:
    agreement = deal(community)
    as_web()
    person, referral = sent(community)
    with acting(community.sam):
        services.move(actor=community.sam, referral_id=referral, name="reject", reason="no_room")
    ended(community, agreement)
    with acting(community.sam), pytest.raises(Refused):
        services.undo(actor=community.sam, referral_id=referral)
    assert not seen(community.sam, person)


def test_another_agreement_that_still_holds_keeps_it(community: Community) -> None:
    first, second = deal(community), deal(community, kind="baa")
    _, referral = sent(community)
    ended(community, first)
    assert _open(referral)
    ended(community, second)
    assert not _open(referral)


def test_one_among_three_ends_for_each_pair_and_a_memorandum_keeps_nothing(community: Community) -> None:
    agreement = deal(community, community.stranger)
    deal(community, kind="mou")
    _, referral = sent(community)
    ended(community, agreement)
    assert not _open(referral)


def test_what_stands_on_the_persons_own_word_stays(community: Community) -> None:
    agreement = deal(community)
    _, referral, _ = sent_referral(community)
    ended(community, agreement)
    with acting(community.sam):
        assert selectors.referral(community.sam, referral).sharing_ended_at is None


def test_it_counts_for_nothing_from_that_moment_and_did_before(community: Community) -> None:
    agreement = deal(community)
    ended(community, agreement)
    between = (community.clinic, community.bank)
    assert agreements_between(*between, on=today()) == []
    assert [each.id for each in agreements_between(*between, on=today() - timedelta(days=1))] == [agreement]
    with acting(community.ivy), pytest.raises(Refused, match="ended already"):
        end_agreement(actor=community.ivy, agreement_id=agreement)


def test_dates_that_a_command_changed_are_caught_by_the_worker(community: Community) -> None:
    deal(community)
    _, referral = sent(community)
    sharing_over(timestamp=0)
    assert _open(referral), "while the agreement stands nothing ends"
    Agreement.objects.update(valid_to=today() - timedelta(days=1))
    sharing_over(timestamp=0)
    assert not _open(referral)


def _open(referral: UUID) -> bool:
    return Access.objects.filter(source_id=referral, ends_at__gt=now()).exists()
