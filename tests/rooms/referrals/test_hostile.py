"""Attacks on a referral from inside the database, as the site's role: whatever our code may get wrong."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import Error, connection, transaction

from tests.community import FOOD, SIGNED_FOR_A_PROGRAM, Community, agree, food_need, rosa, sent_referral
from waypost.consent import services as consents
from waypost.disclosure import gate
from waypost.kernel import clock
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.transaction import acting
from waypost.people import selectors as people
from waypost.referrals import selectors, services

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _web(community: Community, as_web: Callable[[], None]) -> None:
    as_web()


Value = str | UUID | datetime | None


def sql(actor: Actor, statement: str, *values: Value) -> int:
    """Run as this actor's organization; how many rows it touched."""
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return int(cursor.rowcount)


def refused(actor: Actor, statement: str, *values: Value) -> str:
    """The database's first line of refusal."""
    with pytest.raises(Error) as raised, transaction.atomic():
        sql(actor, statement, *values)
    return str(raised.value).split("\n")[0]


STOLEN = {
    "another holder": "held_by_id = recipient_id",
    "a third organization": "recipient_id = %s",
    "another person": "person_id = recipient_person_id",
    "more topics": "topics = '{identity,contact,health}'",
    "words put into the sender's mouth": "words_to_recipient = 'bring cash'",
    "leave to reply": "may_reply = NOT may_reply",
    "a consent that is none": "consent_id = gen_random_uuid()",
    "another snapshot": """shared = '{"name": "X"}'""",
    "the sender's reminder": "check_back_on = '2030-01-01'",
    "withdrawn": "withdrawn_at = now()",
    "back to a draft": "status = 'draft'",
}


@pytest.mark.parametrize("change", STOLEN.values(), ids=STOLEN.keys())
def test_the_recipient_changes_nothing_that_is_the_senders(community: Community, change: str) -> None:
    _, referral, _ = sent_referral(community)
    with acting(community.sam):
        services.take_into_records(actor=community.sam, referral_id=referral)
    values = [community.stranger, referral] if "%s" in change else [referral]
    assert refused(community.sam, f"UPDATE referrals_referral SET {change} WHERE id = %s", *values)  # noqa: S608


def test_the_recipient_takes_over_no_record_of_somebody_else(community: Community) -> None:
    person, referral, _ = sent_referral(community)
    words = refused(
        community.sam,
        "UPDATE referrals_referral SET recipient_person_id = %s WHERE id = %s",
        person,
        referral,
    )
    assert "own record" in words


@pytest.mark.parametrize("sent", [True, False], ids=["sent", "a draft"])
def test_the_sender_learns_of_no_record_that_the_recipient_keeps(community: Community, sent: bool) -> None:
    """A record of the food bank and an id of nobody: the sender reads the same of both."""
    theirs = rosa(community.sam)
    _, referral, _ = sent_referral(community)
    if not sent:
        with acting(community.ana):
            person = rosa(community.ana)
            need = food_need(community.ana, person)
            referral = services.draft(
                actor=community.ana, person_id=person, need_id=need, service_id=community.groceries
            )
    change = "UPDATE referrals_referral SET recipient_person_id = %s WHERE id = %s"
    assert refused(community.ana, change, theirs, referral) == refused(
        community.ana, change, uuid4(), referral
    )


@pytest.mark.parametrize("change", ["recipient_id = %s", "topics = topics || '{health}'", "person_id = %s"])
def test_the_sender_cannot_turn_what_was_sent_to_somebody_else(community: Community, change: str) -> None:
    _, referral, _ = sent_referral(community)
    other = rosa(community.ana)
    given = {"recipient_id = %s": [community.stranger], "person_id = %s": [other]}.get(change, [])
    words = refused(
        community.ana,
        f"UPDATE referrals_referral SET {change} WHERE id = %s",  # noqa: S608
        *given,
        referral,
    )
    assert "stays as it was sent" in words


def forged(
    community: Community, person: UUID, *, holder: UUID, basis: str, consent: UUID | None = None
) -> str:
    """A referral put in as sent, which never went through the gate."""
    actor = community.ana if holder == community.clinic else community.olga
    return refused(
        actor,
        """INSERT INTO referrals_referral (id, held_by_id, topic, sensitivities, reference, person_id,
           need_id, category, service_id, service_name, service_organization, recipient_id, status,
           status_before, reason, reason_words, urgency, handoff, next_move, person_knows, words_to_recipient,
           basis, consent_id, topics, shared, may_reply, sender_name, created_at, sent_at, moved_at)
           VALUES (gen_random_uuid(), %s, %s, '{}', 'R-0000-FORGE', %s, gen_random_uuid(), %s, %s, 's', 'o',
           %s, 'requested', '', '', '', 'routine', 'inbox', 'they_call', true, '', %s, %s, '{identity}', '{}',
           true, 'x', now(), now(), now())""",
        holder,
        FOOD,
        person,
        FOOD,
        community.groceries,
        community.bank,
        basis,
        consent,
    )


@pytest.mark.parametrize("basis", ["", "own", "treatment", "agreement", "consent"])
def test_no_referral_is_sent_without_a_live_basis(community: Community, basis: str) -> None:
    assert forged(community, rosa(community.ana), holder=community.clinic, basis=basis).startswith("no ")


def test_another_persons_consent_is_no_basis(community: Community) -> None:
    consent = agree(community.ana, rosa(community.ana))
    words = forged(community, rosa(community.ana), holder=community.clinic, basis="consent", consent=consent)
    assert words.startswith("no live consent")


def test_a_later_no_beats_the_yes_in_the_database_too(community: Community) -> None:
    person = rosa(community.ana)
    consent = agree(community.ana, person)
    with acting(community.ana):
        consents.record_preference_not_to_share(
            actor=community.ana, person_id=person, topics=[FOOD, "health"]
        )
    words = forged(community, person, holder=community.clinic, basis="consent", consent=consent)
    assert words.startswith("no live consent")


TABLES = {
    "consent_consent": """(id, held_by_id, topic, sensitivities, person_id, decision, discloser_ids,
        recipient_class, recipient_ids, topics, covers_sensitivities, purposes, reply, captured, words_shown,
        language, witness, starts_at, status, recorded_by_name, revoked_by_name, recalled_referrals, serves)
        VALUES (gen_random_uuid(), %s, 'plan', '{}', %s, 'agreed', '{}', 'partners', '{}', '{identity}', '{}',
        '{}', true, 'written', '', 'en', '', now(), 'active', 'x', '', false, '{consent}')""",
    "screening_need": """(id, held_by_id, topic, sensitivities, person_id, category, wants_help, words,
        z_code, source, found_on, status, status_before, status_at)
        VALUES (gen_random_uuid(), %s, 'food-insecurity', '{}', %s, 'food-insecurity', 'yes', '', '',
        'told_us', now(), 'open', '', now())""",
    "people_contactpoint": """(id, held_by_id, topic, sensitivities, person_id, kind, value, postal_code,
        may_text, may_leave_message, note, source, noted_at)
        VALUES (gen_random_uuid(), %s, 'contact', '{}', %s, 'phone', '1', '', false, false, '', 'told_us',
        now())""",
}


@pytest.mark.parametrize("table", TABLES)
def test_rows_about_a_stranger_fail_alike_whether_she_is_known_elsewhere_or_not(
    community: Community, table: str
) -> None:
    person = rosa(community.ana)
    food_need(community.ana, person)  # a second open need would meet a uniqueness rule
    insert = f"INSERT INTO {table} {TABLES[table]}"  # noqa: S608
    answers = {refused(community.olga, insert, community.stranger, each) for each in (person, uuid4())}
    assert len(answers) == 1
    assert "own_person" in answers.pop()


def test_what_a_person_said_cannot_be_widened_or_given_back(community: Community) -> None:
    consent = agree(community.ana, rosa(community.ana))
    wider = "UPDATE consent_consent SET topics = topics || '{health}' WHERE id = %s"
    assert "not changed" in refused(community.ana, wider, consent)
    with acting(community.ana):
        consents.revoke(actor=community.ana, consent_id=consent)
    again = "UPDATE consent_consent SET status = 'active', revoked_at = NULL WHERE id = %s"
    assert "not changed" in refused(community.ana, again, consent)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE network_organization SET legal_status = 'covered_entity'",
        "UPDATE network_agreement SET signed_on = now()",
        "DELETE FROM network_agreement_parties",
        "UPDATE screening_instrument SET mapping = '{}'",
        "DELETE FROM kernel_auditentry",
        "UPDATE kernel_auditentry SET actor_name = 'x'",
        "UPDATE disclosure_access SET ends_at = NULL",
        "DELETE FROM disclosure_disclosure",
        "DELETE FROM referrals_report",
        "UPDATE referrals_referralevent SET words = 'x'",
        "SELECT referrals_basis(r) FROM referrals_referral r",
    ],
)
def test_what_decides_about_sharing_is_not_the_sites_to_write(community: Community, statement: str) -> None:
    sent_referral(community)
    assert "permission denied" in refused(community.ana, statement)


def test_nothing_that_the_sender_adds_after_sharing_ended_reaches_the_recipient(community: Community) -> None:
    ana, sam = community.ana, community.sam
    _, referral, consent = sent_referral(community)
    with acting(sam):
        services.note(actor=sam, referral_id=referral, words="We will call on Monday")
    with acting(ana):
        consents.revoke(actor=ana, consent_id=consent)
    with acting(ana):
        services.report(
            actor=ana, referral_id=referral, fact="received", source="person", words="moved to her sister"
        )
        services.move(
            actor=ana, referral_id=referral, name="cancel", reason="person_declined", words="she is afraid"
        )
        mine = selectors.referral(ana, referral)
    with acting(sam):
        theirs = selectors.referral(sam, referral)
    assert {"moved to her sister", "she is afraid"} <= {each.words for each in mine.timeline}
    assert [each.words for each in theirs.timeline] == ["We will call on Monday", ""]
    assert (theirs.reason_words, theirs.row.loop.outcome) == ("", "")
    for table in ("referrals_report", "referrals_referralevent"):
        count = f"SELECT 1 FROM {table} WHERE referral_id = %s AND words LIKE '%%she%%'"  # noqa: S608
        assert (sql(ana, count, referral), sql(sam, count, referral)) == (1 if "event" in table else 0, 0)


def test_after_sharing_ended_nothing_comes_back_by_any_door(community: Community) -> None:
    sam = community.sam
    _, referral, consent = sent_referral(community)
    with acting(sam):
        services.move(actor=sam, referral_id=referral, name="accept")
    with acting(community.ana):
        consents.revoke(actor=community.ana, consent_id=consent)
    with acting(sam):
        with pytest.raises(Refused, match="stays with you"):
            services.undo(actor=sam, referral_id=referral)
        with pytest.raises(Refused, match="stays with you"):
            services.report(actor=sam, referral_id=referral, fact="received", source="partner")
        own = services.take_into_records(actor=sam, referral_id=referral)
        assert people.holder_of(own) == community.bank
    with acting(community.ana):
        card = selectors.referral(community.ana, referral)
    assert ([each.name for each in card.timeline], card.recipient_person_id) == (["accept", "send"], None)
    add = """INSERT INTO referrals_report (id, referral_id, fact, source, why, words, actor_name,
        organization_id, organization_name, at)
        VALUES (gen_random_uuid(), %s, 'received', 'partner', '', '', 'x', %s, 'x', %s)"""
    assert "row-level security" in refused(sam, add, referral, community.bank, clock.now())
    assert refused(sam, "UPDATE referrals_referral SET status = 'completed' WHERE id = %s", referral)


def test_a_program_that_may_not_reply_does_not_tell_that_it_knows_the_person(community: Community) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "UPDATE network_organization SET legal_status = 'part2_program' WHERE id = %s", [community.bank]
        )
        cursor.execute("SET LOCAL ROLE waypost_web")
    person, referral, _ = sent_referral(community, **SIGNED_FOR_A_PROGRAM)
    with acting(community.sam):
        services.take_into_records(actor=community.sam, referral_id=referral)
    with acting(community.ana):
        card = selectors.referral(community.ana, referral)
        assert ([each.name for each in card.timeline], card.recipient_person_id) == (["send"], None)
    assert sql(community.ana, "SELECT 1 FROM people_link WHERE other_person_id = %s", person) == 0


def test_the_recipient_reads_no_more_of_the_person_than_it_was_told(community: Community) -> None:
    person, _, _ = sent_referral(community)
    with acting(community.sam):
        card = people.person(community.sam, gate.open_record(community.sam, person), person)
    assert (card.birth_date, card.usual_provider) == (None, "")
    assert [(each.kind, each.value, each.postal_code) for each in card.contacts] == [
        ("phone", "206-555-0143", ""),
        ("address", "", "98144"),
    ]


@pytest.mark.parametrize("side", ["sender", "recipient"])
def test_a_no_or_calling_off_closes_the_record_and_undo_opens_it(community: Community, side: str) -> None:
    person, referral, _ = sent_referral(community)
    actor, name = (community.ana, "cancel") if side == "sender" else (community.sam, "reject")
    with acting(actor):
        services.move(actor=actor, referral_id=referral, name=name, reason="no_room")
    with acting(community.sam):
        assert not people.exists(person)
    with acting(actor):
        services.undo(actor=actor, referral_id=referral)
    with acting(community.sam):
        assert people.exists(person)


@pytest.mark.parametrize(("topics", "still"), [([], False), ([FOOD], False), (["housing-instability"], True)])
def test_saying_no_afterwards_closes_what_the_yes_had_opened(
    community: Community, topics: list[str], still: bool
) -> None:
    person, referral, _ = sent_referral(community)
    with acting(community.ana):
        consents.record_preference_not_to_share(actor=community.ana, person_id=person, topics=topics)
    with acting(community.sam):
        assert people.exists(person) is still
        assert (selectors.referral(community.sam, referral).sharing_ended_at is None) is still


def test_a_service_of_our_own_needs_nobodys_leave(community: Community) -> None:
    sam = community.sam
    person = rosa(sam)
    need = food_need(sam, person)
    with acting(sam):
        draft = services.draft(actor=sam, person_id=person, need_id=need, service_id=community.groceries)
        assert selectors.referral(sam, draft).recipient_id is None


def test_no_draft_for_somebody_elses_person_or_need(community: Community) -> None:
    person = rosa(community.ana)
    need = food_need(community.ana, person)
    mine = rosa(community.olga)
    with acting(community.olga):
        for who in (person, mine):
            with pytest.raises(NotVisible):
                services.draft(
                    actor=community.olga, person_id=who, need_id=need, service_id=community.groceries
                )
