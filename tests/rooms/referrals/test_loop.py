"""A need taken to a closed loop between two organizations, as the web role, and every way it ends early."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.community import (
    FOOD,
    SIGNED_FOR_A_PROGRAM,
    Community,
    agree,
    food_need,
    plan_inbox,
    rosa,
    sent_referral,
)
from waypost.consent import services as consents
from waypost.disclosure import gate
from waypost.disclosure import selectors as disclosures
from waypost.kernel import clock
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.transaction import acting
from waypost.people import selectors as people
from waypost.people import services as people_services
from waypost.referrals import selectors, services
from waypost.screening import selectors as needs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _web(community: Community, as_web: Callable[[], None]) -> None:
    as_web()


def see(actor: Actor, referral: UUID):  # type: ignore[no-untyped-def]
    with acting(actor):
        return selectors.referral(actor, referral)


def test_the_whole_way(community: Community) -> None:
    ana, sam = community.ana, community.sam
    person, referral, _ = sent_referral(community)
    with acting(sam):
        waiting, count = selectors.inbox(sam, selectors.Filter(tab="new"))
        assert (count, waiting[0].person_name) == (1, "Rosa Delgado")
        services.move(actor=sam, referral_id=referral, name="accept")
        services.report(
            actor=sam,
            referral_id=referral,
            fact="scheduled",
            source="partner",
            scheduled_for=clock.now() + timedelta(days=1),
        )
        services.report(
            actor=sam, referral_id=referral, fact="received", source="partner", words="A box for four"
        )
    card = see(ana, referral)
    assert (card.row.status, card.row.loop.outcome, card.row.loop.source) == (
        "completed",
        "received",
        "partner",
    )
    with acting(ana):
        services.report(actor=ana, referral_id=referral, fact="received", source="person")
        services.report(actor=ana, referral_id=referral, fact="need_met", source="person")
        assert needs.need(ana, card.need_id).status == "met"
        assert [each.recipient_name for each in disclosures.disclosures(ana, person)] == ["Cedar Food Bank"]


def test_what_is_over_is_not_new_in_the_inbox(community: Community) -> None:
    _, referral, _ = sent_referral(community)
    with acting(community.ana):
        services.report(actor=community.ana, referral_id=referral, fact="received", source="person")
    with acting(community.sam):
        assert selectors.inbox(community.sam, selectors.Filter(tab="new")) == ([], 0)
        assert selectors.counts(community.sam)["inbox_new"] == 0
        ended, count = selectors.inbox(community.sam, selectors.Filter(tab="ended"))
        assert (count, ended[0].id) == (1, referral)


def test_without_an_agreement_nothing_is_sent_but_a_list_may_be_taken_along(community: Community) -> None:
    ana = community.ana
    person = rosa(ana)
    need = food_need(ana, person)
    with acting(ana):
        draft = services.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
        services.plan_handoff(actor=ana, referral_id=draft, plan=plan_inbox())
        with pytest.raises(Refused):
            services.send(actor=ana, referral_id=draft)
        services.plan_handoff(
            actor=ana, referral_id=draft, plan=plan_inbox(handoff="take_along", next_move="person_goes")
        )
        services.send(actor=ana, referral_id=draft)
    card = see(ana, draft)
    assert (card.row.status, card.shared, card.recipient_id) == ("requested", {}, None)
    with acting(community.sam), pytest.raises(NotVisible):
        selectors.referral(community.sam, draft)


def test_a_draft_is_invisible_to_the_service(community: Community) -> None:
    ana = community.ana
    person = rosa(ana)
    need = food_need(ana, person)
    agree(ana, person)
    with acting(ana):
        draft = services.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
    with acting(community.sam), pytest.raises(NotVisible):
        selectors.referral(community.sam, draft)


def test_pressing_send_twice_sends_once(community: Community) -> None:
    person, referral, _ = sent_referral(community)
    with acting(community.ana):
        services.send(actor=community.ana, referral_id=referral)
        assert len(disclosures.disclosures(community.ana, person)) == 1
    assert [each.name for each in see(community.ana, referral).timeline] == ["send"]


def test_the_second_to_answer_is_told_and_nothing_changes(community: Community) -> None:
    _, referral, _ = sent_referral(community)
    with acting(community.sam):
        services.move(actor=community.sam, referral_id=referral, name="accept")
        with pytest.raises(Refused, match="quicker"):
            services.move(actor=community.sam, referral_id=referral, name="reject", reason="no_room")
    assert see(community.sam, referral).row.status == "accepted"


def test_a_pause_leads_back_to_where_it_was(community: Community) -> None:
    _, referral, _ = sent_referral(community)
    with acting(community.sam):
        for name, reason in [("accept", ""), ("start", ""), ("pause", "no_room"), ("resume", "")]:
            services.move(actor=community.sam, referral_id=referral, name=name, reason=reason)
    assert see(community.sam, referral).row.status == "in-progress"


def test_a_no_without_a_reason_is_refused(community: Community) -> None:
    _, referral, _ = sent_referral(community)
    with acting(community.sam), pytest.raises(Refused, match="reason"):
        services.move(actor=community.sam, referral_id=referral, name="reject")


def test_undo_of_an_answer_puts_everything_back(community: Community) -> None:
    _, referral, _ = sent_referral(community)
    with acting(community.sam):
        services.move(
            actor=community.sam, referral_id=referral, name="reject", reason="no_room", words="full"
        )
        services.undo(actor=community.sam, referral_id=referral)
    card = see(community.ana, referral)
    assert (card.row.status, card.row.reason, card.answered_at) == ("requested", "", None)
    with acting(community.sam):
        services.move(actor=community.sam, referral_id=referral, name="accept")


def test_undo_of_sending_takes_the_access_away(community: Community) -> None:
    person, referral, _ = sent_referral(community)
    with acting(community.ana):
        services.undo(actor=community.ana, referral_id=referral)
    with acting(community.sam):
        with pytest.raises(NotVisible):
            selectors.referral(community.sam, referral)
        assert not people.exists(person)


def test_the_recipient_sees_the_person_as_long_as_sharing_lasts(community: Community) -> None:
    person, referral, consent = sent_referral(community)
    with acting(community.sam):
        card = people.person(community.sam, gate.open_record(community.sam, person), person)
        assert (card.name, card.own, card.phone) == ("Rosa Delgado", False, "206-555-0143")
    with acting(community.ana):
        consents.revoke(actor=community.ana, consent_id=consent)
    with acting(community.sam):
        with pytest.raises(NotVisible):
            gate.open_record(community.sam, person)
        kept = selectors.referral(community.sam, referral)
        assert (kept.shared["name"], kept.moves) == ("Rosa Delgado", ())
        with pytest.raises(Refused, match="stays with you"):
            services.move(actor=community.sam, referral_id=referral, name="accept")
        with pytest.raises(Refused, match="stays with you"):
            services.note(actor=community.sam, referral_id=referral, words="Hello")
    with acting(community.ana):
        with pytest.raises(Refused, match="nothing more"):
            services.note(actor=community.ana, referral_id=referral, words="Hello")
        assert len(disclosures.disclosures(community.ana, person)) == 1


def test_recalled_referrals_leave_a_tombstone_and_nothing_else(community: Community) -> None:
    person, referral, consent = sent_referral(community)
    reference = see(community.ana, referral).row.reference
    with acting(community.ana):
        consents.revoke(actor=community.ana, consent_id=consent, these_referrals_too=True)
    with acting(community.sam):
        assert selectors.inbox(community.sam, selectors.Filter(tab="all")) == ([], 0)
        with pytest.raises(NotVisible):
            selectors.referral(community.sam, referral)
        graves = selectors.tombstones(community.sam)
        assert [(each.reference, each.sender_name) for each in graves] == [(reference, "Cedar Clinic")]
        with pytest.raises(Refused, match=reference):
            services.move(actor=community.sam, referral_id=referral, name="accept")
    card = see(community.ana, referral)
    assert (card.row.status, card.row.reason) == ("cancelled", "agreement_ended")


def test_own_records_outlive_the_sharing(community: Community) -> None:
    _, referral, consent = sent_referral(community)
    with acting(community.sam):
        own = services.take_into_records(actor=community.sam, referral_id=referral)
        again = services.take_into_records(actor=community.sam, referral_id=referral)
        assert own == again
    with acting(community.ana):
        consents.revoke(actor=community.ana, consent_id=consent, these_referrals_too=True)
    with acting(community.sam):
        card = people.person(community.sam, gate.open_record(community.sam, own), own)
        assert (card.name, card.own) == ("Rosa Delgado", True)


def test_a_stranger_sees_and_moves_nothing(community: Community) -> None:
    person, referral, consent = sent_referral(community)
    olga = community.olga
    with acting(olga):
        with pytest.raises(NotVisible):
            selectors.referral(olga, referral)
        with pytest.raises(NotVisible):
            services.move(actor=olga, referral_id=referral, name="accept")
        with pytest.raises(NotVisible):
            gate.open_record(olga, person)
        with pytest.raises(NotVisible):
            consents.revoke(actor=olga, consent_id=consent)
        with pytest.raises(NotVisible):
            services.take_into_records(actor=olga, referral_id=referral)


def test_a_form_never_tells_that_a_stranger_is_known_elsewhere(community: Community) -> None:
    rosa(community.ana)
    with acting(community.olga):
        assert (
            people.likely_duplicates(
                community.olga,
                given_name="Rosa",
                family_name="Delgado",
                birth_date=None,
                phone="206-555-0143",
            )
            == []
        )
    other = rosa(community.olga)
    assert other


def test_the_web_role_cannot_open_access_by_itself(community: Community) -> None:
    person = rosa(community.ana)
    insert = (
        "INSERT INTO disclosure_access (id, person_id, holder_id, recipient_id, topics, sensitivities,"
        " purposes, basis, source, source_id, starts_at) VALUES (%s, %s, %s, %s, '{identity}', '{}', '{}',"
        " 'agreement', 'referral', %s, now())"
    )
    with pytest.raises(Exception, match="permission denied"), acting(community.olga):
        with connection.cursor() as cursor:
            cursor.execute(insert, [uuid4(), person, community.clinic, community.stranger, uuid4()])


@pytest.mark.parametrize("call", ["referrals_open_access(%s)", "referrals_withdraw(%s, now())"])
def test_the_checked_functions_refuse_what_does_not_stand(community: Community, call: str) -> None:
    _, referral, _ = sent_referral(community)
    with pytest.raises(Exception, match="referral"), acting(community.olga):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {call}", [referral])


def test_a_part2_program_that_receives_may_not_report_back_unless_it_is_named(community: Community) -> None:
    from waypost.network.models import Organization  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    Organization.objects.filter(pk=community.bank).update(legal_status="part2_program")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE waypost_web")
    with pytest.raises(Refused, match="may not be shared"):
        sent_referral(community)  # the program's name tells of substance use: not on a spoken word
    _, referral, _ = sent_referral(community, **SIGNED_FOR_A_PROGRAM)
    assert see(community.ana, referral).sensitivities == ("substance_use",)
    assert see(community.sam, referral).may_reply is False
    with acting(community.sam), pytest.raises(Refused, match="ask the person"):
        services.move(actor=community.sam, referral_id=referral, name="accept")


def test_refused_words_keep_the_referral_as_it_was(community: Community) -> None:
    _, referral, _ = sent_referral(community)
    with acting(community.sam), pytest.raises(Refused, match="characters"):
        services.note(actor=community.sam, referral_id=referral, words="x" * 10_000)


def test_registering_needs_a_name_only(community: Community) -> None:
    with acting(community.sam):
        made = people_services.register(
            actor=community.sam, identity=people_services.Identity(given_name="", family_name="Tran")
        )
        assert people.holder_of(made) == community.bank
        with pytest.raises(Refused):
            people_services.register(actor=community.sam, identity=people_services.Identity(given_name=" "))


def test_the_topic_of_a_referral_is_its_need(community: Community) -> None:
    _, referral, _ = sent_referral(community)
    assert set(see(community.ana, referral).topics) == {"identity", "contact", FOOD}
