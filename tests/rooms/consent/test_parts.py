"""Taking back a part, and keeping somebody out."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.community import FOOD, Community, agree, rosa, sent_referral
from waypost.consent import services
from waypost.consent.jobs import tell_of_endings
from waypost.consent.selectors import consents
from waypost.disclosure import gate
from waypost.kernel.actors import Actor
from waypost.kernel.clock import at, now
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.models import Event
from waypost.kernel.transaction import acting
from waypost.messaging.addressing import Address, readers
from waypost.messaging.kinds import KINDS
from waypost.people import selectors as people
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
