"""Taking back a part, keeping somebody out, and who may agree at which age."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import override_settings

from tests.community import FOOD, Community, agree, rosa, sent_referral
from waypost.consent import services
from waypost.consent.jobs import tell_of_endings
from waypost.consent.minors import who_agrees
from waypost.consent.selectors import consents
from waypost.disclosure import gate
from waypost.kernel.actors import Actor
from waypost.kernel.clock import at, now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.models import Event
from waypost.kernel.transaction import acting
from waypost.messaging.addressing import Address, readers
from waypost.messaging.kinds import KINDS
from waypost.people import selectors as people
from waypost.people.services import Identity, register
from waypost.referrals import selectors as referrals
from waypost.referrals import services as referring
from waypost.screening import selectors as screening

pytestmark = pytest.mark.django_db

TOLD = ["identity", "contact", FOOD]


def may_tell(actor: Actor, person: UUID, other: UUID, topics: list[str] = TOLD) -> bool:
    with acting(actor):
        return gate.may_tell(actor, person, gate.party(other), topics=topics).permit


def test_a_topic_is_taken_back_and_the_rest_stands(community: Community) -> None:
    person = rosa(community.ana)
    made = agree(community.ana, person, topics=[*TOLD, "homelessness"])
    with acting(community.ana):
        services.take_back_part(actor=community.ana, consent_id=made, topics=[FOOD])
    assert not may_tell(community.ana, person, community.bank)
    assert may_tell(community.ana, person, community.bank, ["identity", "contact", "homelessness"])


def test_an_organization_is_taken_out_and_the_others_stand(community: Community) -> None:
    person, referral, made = sent_referral(community)
    with acting(community.ana):
        services.take_back_part(
            actor=community.ana, consent_id=made, organization_ids=[community.bank], these_referrals_too=True
        )
        assert referrals.referral(community.ana, referral).withdrawn_at is not None
    assert not may_tell(community.ana, person, community.bank)
    assert may_tell(community.ana, person, community.stranger)


def test_answers_alone_are_taken_back(community: Community) -> None:
    person, referral, made = sent_referral(community)
    with acting(community.ana):
        services.take_back_part(actor=community.ana, consent_id=made, back=True)
    assert may_tell(community.ana, person, community.bank)
    with acting(community.sam):
        seen = referrals.referral(community.sam, referral)
        assert (seen.may_reply, seen.sharing_ended_at) == (False, None)
        with pytest.raises(Refused):
            referring.move(actor=community.sam, referral_id=referral, name="accept")


def test_a_purpose_alone_is_taken_back(community: Community) -> None:
    person = rosa(community.ana)
    made = agree(community.ana, person, purposes=["care_coordination", "operations"])
    with acting(community.ana):
        services.take_back_part(actor=community.ana, consent_id=made, purposes=["operations"])
        party = gate.party(community.bank)
        assert gate.may_tell(community.ana, person, party, topics=TOLD).permit
        assert not gate.may_tell(community.ana, person, party, topics=TOLD, purpose="operations").permit


def test_nothing_chosen_and_nobody_elses_is_refused(community: Community) -> None:
    made = agree(community.ana, rosa(community.ana))
    with acting(community.ana), pytest.raises(Refused, match="what should stop"):
        services.take_back_part(actor=community.ana, consent_id=made, topics=["homelessness"])
    with acting(community.olga), pytest.raises(NotVisible):
        services.take_back_part(actor=community.olga, consent_id=made, topics=[FOOD])


def test_an_organization_kept_out_stays_out_whatever_is_agreed_later(community: Community) -> None:
    person, referral, _ = sent_referral(community)
    with acting(community.sam):
        assert people.exists(person)
    with acting(community.ana):
        [wish] = services.block(actor=community.ana, person_id=person, organization_ids=[community.bank])
    agree(community.ana, person, recipient_class="named", recipient_ids=[community.bank])
    assert not may_tell(community.ana, person, community.bank)
    with acting(community.ana):
        assert referrals.referral(community.ana, referral).sharing_ended_at is not None
        services.revoke(actor=community.ana, consent_id=wish)
    assert may_tell(community.ana, person, community.bank)


def test_a_worker_kept_out_finds_nobody_anywhere(community: Community, as_web) -> None:  # type: ignore[no-untyped-def]
    person, referral, _ = sent_referral(community)
    as_web()
    with acting(community.sam):
        assert people.exists(person)
        assert referrals.referral(community.sam, referral)
    with acting(community.ana):
        sam, lee = community.sam.user_id, community.lee.user_id
        services.block(actor=community.ana, person_id=person, worker_ids=[sam, lee])  # type: ignore[list-item]
    for out in (community.sam, community.lee):
        with acting(out):
            assert not people.exists(person)
            assert people.find(out, words="Rosa") == ([], 0)
            assert screening.open_counts(out, [person]) == {}
            with pytest.raises(NotVisible):
                referrals.referral(out, referral)
            with pytest.raises(NotVisible):
                gate.open_record(out, person)
            assert consents(out, person) == []
    with acting(community.ana):
        assert people.exists(person)


def test_a_worker_kept_out_gets_no_mail(community: Community) -> None:
    person, referral, _ = sent_referral(community)
    to = Address(community.bank, None, referral, "R1", f"/referrals/{referral}/")
    assert readers(to, KINDS["referral.sent"], but=None) == [community.sam.user_id]
    with acting(community.ana):
        services.block(actor=community.ana, person_id=person, worker_ids=[community.sam.user_id])  # type: ignore[list-item]
    assert readers(to, KINDS["referral.sent"], but=None) == []


def test_somebody_is_always_left_to_help(community: Community) -> None:
    person = rosa(community.ana)
    everybody = [community.ana.user_id, community.lee.user_id]
    with acting(community.ana), pytest.raises(Refused, match="Nobody would be left"):
        services.block(actor=community.ana, person_id=person, worker_ids=everybody)  # type: ignore[arg-type]


def test_coordinators_are_told_once_before_and_once_at_the_end(community: Community) -> None:
    agree(community.ana, rosa(community.ana), ends_at=now() + timedelta(days=10))
    assert (tell_of_endings(), tell_of_endings()) == (1, 0)
    with at(now() + timedelta(days=11)):
        assert (tell_of_endings(), tell_of_endings()) == (1, 0)
    names = list(Event.objects.filter(name__startswith="consent.e").values_list("name", flat=True))
    assert names == ["consent.ends_soon"]
    assert Event.objects.filter(name="consent.ran_out").count() == 1


# The rows of Washington as they stand in the table: general knowledge, not compared with the statutes.
AGES = [
    (17, {"general"}, "US-WA", set()),
    (18, {"general"}, "US-WA", {"general"}),
    (None, {"general"}, "US-WA", {"general"}),
    (13, {"mental_health"}, "US-WA", {"mental_health"}),
    (12, {"mental_health"}, "US-WA", set()),
    (12, {"mental_health"}, "US-CA", {"mental_health"}),
    (13, {"mental_health"}, "US", set()),
    (13, {"hiv"}, "US-WA", set()),
    (14, {"hiv"}, "US-WA", {"hiv"}),
    (15, {"general", "substance_use"}, "US-WA", {"substance_use"}),
]


@pytest.mark.parametrize(("age", "matters", "where", "alone"), AGES)
def test_who_agrees_at_which_age(age: int | None, matters: set[str], where: str, alone: set[str]) -> None:
    who = who_agrees(age, matters, where=where, day=date(2026, 11, 25))
    assert who.alone == alone
    assert who.with_parent == matters - alone


def young(community: Community, years: int) -> UUID:
    born = today().replace(day=1) - timedelta(days=366 * years)
    with acting(community.ana):
        return register(actor=community.ana, identity=Identity(given_name="Leo", birth_date=born))


def test_for_a_child_a_parent_agrees(community: Community) -> None:
    leo = young(community, 12)
    with pytest.raises(Refused, match="a parent or guardian"):
        agree(community.ana, leo)
    agree(community.ana, leo, representative="Luz", authority="parent")


def test_what_a_young_person_agrees_to_alone_is_marked_so(community: Community) -> None:
    leo = young(community, 16)
    signed = {"captured": "written", "covers_sensitivities": ["mental_health"]}
    with override_settings(JURISDICTION="US-WA"):
        agree(community.ana, leo, **signed)
        with pytest.raises(Refused, match="alone"):
            agree(community.ana, leo, representative="Luz", authority="parent", **signed)
    with acting(community.ana):
        [said] = consents(community.ana, leo)
    assert "minor_consented" in said.covers_sensitivities
