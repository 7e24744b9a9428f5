"""Who is told of what: once, and only while it is still so."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.community import Community, agree, plan_inbox, rosa, sent_referral
from tests.guards import officer
from tests.rooms.messaging.told import deliver_all, last, send_all
from waypost.consent import services as consent
from waypost.coordination.services import Ask, close_request, open_episode, request_coordination, take_request
from waypost.directory.services import ServiceEntry, add_ad_hoc, expire_listings
from waypost.kernel import clock
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.messaging import jobs
from waypost.messaging.models import Delivery, Notice
from waypost.messaging.selectors import notices, unread
from waypost.messaging.services import mark_all_read, open_notice
from waypost.referrals import services as referrals

pytestmark = pytest.mark.django_db


def kinds(actor: Actor) -> list[str]:
    """What this reader is told, oldest first."""
    return [each.kind for each in reversed(notices(actor)[0])]


def test_a_referral_sent_is_told_to_the_recipient_alone(community: Community) -> None:
    sent_referral(community)
    deliver_all()
    assert kinds(community.sam) == ["referral.sent"]
    assert notices(community.sam)[0][0].words.startswith("Cedar Clinic sent you referral R-")
    for other in (community.ana, community.lee, community.ito, community.olga, community.ivy):
        assert unread(other) == 0, other.name


def test_the_same_event_twice_makes_one_notice_and_one_message(community: Community) -> None:
    sent_referral(community)
    event = last("referral.sent")
    jobs.announce(event)
    jobs.announce(event)
    assert Notice.objects.count() == 1
    assert Delivery.objects.count() == 1  # Sam is the only one there with a fitting role


def test_a_move_that_was_undone_is_not_told(community: Community) -> None:
    _person, referral, _consent = sent_referral(community)
    event = last("referral.sent")
    with acting(community.ana):
        referrals.undo(actor=community.ana, referral_id=referral)
    jobs.announce(event)
    assert not Notice.objects.exists()


def test_an_answer_is_told_to_whoever_sent_it(community: Community) -> None:
    _person, referral, _consent = sent_referral(community)
    with acting(community.sam):
        referrals.move(actor=community.sam, referral_id=referral, name="accept")
    deliver_all()
    assert kinds(community.ana) == ["referral.accepted"]
    assert notices(community.ana)[0][0].words.startswith("Cedar Food Bank can help: referral R-")
    assert unread(community.lee) == 0


def test_a_report_that_moves_the_referral_is_told_once(community: Community) -> None:
    _person, referral, _consent = sent_referral(community)
    with acting(community.sam):
        referrals.report(actor=community.sam, referral_id=referral, fact="received", source="partner")
    deliver_all()
    found = notices(community.ana)[0]
    assert [(each.kind, each.detail) for each in found] == [("referral.reported", "Received the service")]


def test_a_message_goes_to_the_other_side(community: Community) -> None:
    _person, referral, _consent = sent_referral(community)
    with acting(community.ana):
        referrals.note(actor=community.ana, referral_id=referral, words="She comes by bus.")
    with acting(community.sam):
        referrals.note(actor=community.sam, referral_id=referral, words="We are near line 7.")
    deliver_all()
    assert kinds(community.sam) == ["referral.sent", "referral.note"]
    assert kinds(community.ana) == ["referral.note"]


def test_a_recalled_referral_is_told_as_withdrawn_and_as_nothing_else(community: Community) -> None:
    _person, _referral, agreement = sent_referral(community)
    with acting(community.ana):
        consent.revoke(actor=community.ana, consent_id=agreement, these_referrals_too=True)
    deliver_all()
    found = notices(community.sam)[0]
    assert [each.kind for each in found] == ["referral.withdrawn"]
    with acting(community.sam):
        assert open_notice(actor=community.sam, notice_id=found[0].id) == "/inbox/?tab=ended"


def test_after_sharing_has_ended_the_recipient_hears_that_and_no_more(community: Community) -> None:
    _person, referral, agreement = sent_referral(community)
    deliver_all()
    with acting(community.ana):
        consent.revoke(actor=community.ana, consent_id=agreement)
        referrals.report(actor=community.ana, referral_id=referral, fact="received", source="person")
    deliver_all()
    assert kinds(community.sam) == ["referral.sent", "referral.sharing_ended"]


def test_a_referral_told_by_phone_is_told_to_nobody_here(community: Community) -> None:
    sent_referral(community, plan=plan_inbox(handoff="phone", next_move="we_call"))
    deliver_all()
    assert not Notice.objects.exists()


def test_a_request_for_a_coordinator_goes_to_coordinators_and_its_end_to_whoever_asked(
    community: Community,
) -> None:
    ask = Ask(person_name="Minh Tran", reason="food-insecurity", channel="ehr", referrer_role="provider")
    with acting(community.ito):
        request = request_coordination(actor=community.ito, ask=ask)
    deliver_all()
    assert (unread(community.ana), unread(community.lee), unread(community.ito)) == (1, 0, 0)
    assert "Minh" not in notices(community.ana)[0][0].words
    with acting(community.ana):
        close_request(actor=community.ana, request_id=request, reason="connected")
    deliver_all()
    assert kinds(community.ito) == ["coordination.closed"]


def test_news_on_a_request_goes_past_an_asker_whom_the_person_keeps_out(community: Community) -> None:
    person = rosa(community.ana)
    ask = Ask(person_name="Rosa Delgado", reason="food-insecurity", channel="ehr", referrer_role="provider")
    with acting(community.ito):
        request = request_coordination(actor=community.ito, ask=ask)
    with acting(community.ana):
        take_request(actor=community.ana, request_id=request, person_id=person)
        assert community.ito.user_id is not None
        consent.block(actor=community.ana, person_id=person, worker_ids=[community.ito.user_id])
    deliver_all()
    assert kinds(community.ito) == []
    assert "coordination.taken" in kinds(community.lee)
    with acting(community.lee):
        told = [each for each in notices(community.lee)[0] if "took the request" in each.words]
        assert open_notice(actor=community.lee, notice_id=told[0].id) == f"/requests/{request}/"


def test_what_was_opened_no_longer_counts_for_this_reader_only(community: Community) -> None:
    sent_referral(community)
    deliver_all()
    notice = notices(community.sam)[0][0]
    with acting(community.sam):
        assert open_notice(actor=community.sam, notice_id=notice.id).startswith("/referrals/")
        open_notice(actor=community.sam, notice_id=notice.id)
        assert unread(community.sam) == 0
    assert [each.unread for each in notices(community.sam)[0]] == [False]


def test_all_can_be_marked_as_read_at_once(community: Community) -> None:
    _person, referral, _consent = sent_referral(community)
    with acting(community.ana):
        referrals.note(actor=community.ana, referral_id=referral, words="She comes by bus.")
    deliver_all()
    with acting(community.sam):
        assert mark_all_read(actor=community.sam) == 2
        assert mark_all_read(actor=community.sam) == 0


def test_old_notices_stay_listed_but_do_not_count_as_waiting(community: Community) -> None:
    sent_referral(community)
    deliver_all()
    with clock.at(clock.now() + timedelta(days=31)):
        assert unread(community.sam) == 0
        assert notices(community.sam)[1] == 1


def test_nothing_of_another_organization_is_seen_as_the_web_role(
    community: Community, as_web: object
) -> None:
    sent_referral(community)
    deliver_all()
    notice = Notice.objects.get()
    as_web()  # type: ignore[operator]
    for other in (community.ana, community.olga, None):
        with acting(other):
            assert not Notice.objects.exists()
    with acting(community.sam):
        assert Notice.objects.get().id == notice.id
        assert not Delivery.objects.exists()  # who was written to is the worker's business


def test_agreeing_tells_nobody(community: Community) -> None:
    person, _referral, _consent = sent_referral(community)
    agree(community.ana, person)
    deliver_all()
    assert Notice.objects.count() == 1


def test_the_worker_may_tell_and_send(community: Community) -> None:
    sent_referral(community)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE waypost_system")
    deliver_all()
    assert len(send_all()) == 1
    assert Delivery.objects.get().sent_at is not None


def test_whoever_added_a_listing_for_a_while_is_told_that_it_is_over(community: Community) -> None:
    made = add_ad_hoc(
        actor=community.ana,
        entry=ServiceEntry(name="Elm Court list", need_categories=("housing-instability",)),
        expires_on=clock.today(),
        how="web",
        organization_name="Elm Court Homes",
    )
    with clock.at(clock.now() + timedelta(days=1)):
        expire_listings()
        deliver_all()
        assert kinds(community.ana) == ["directory.expired"]
        notice = notices(community.ana)[0][0]
        assert "Elm Court list" in notice.words
        assert Notice.objects.get().url == f"/upkeep/for-a-while/{made}/"
        assert unread(community.lee) == 0


@pytest.mark.parametrize("led", [True, False])
def test_what_a_sender_who_is_kept_out_would_hear_goes_to_the_lead_or_a_supervisor(
    community: Community, led: bool
) -> None:
    person, referral, _consent = sent_referral(community)
    mate = officer(community.clinic, "Kim Ode", role="coordinator")
    if led:
        with acting(mate):
            open_episode(actor=mate, person_id=person)
    with acting(community.lee):
        consent.block(actor=community.lee, person_id=person, worker_ids=[community.ana.user_id])  # type: ignore[list-item]
    with acting(community.sam):
        referrals.move(actor=community.sam, referral_id=referral, name="accept")
    deliver_all()
    heard = {each.name for each in (community.ana, mate, community.lee) if "referral.accepted" in kinds(each)}
    assert heard == {"Kim Ode" if led else "Lee Park"}
