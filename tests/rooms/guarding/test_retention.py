"""Records whose time is over: what keeps them, who destroys them, what is left of them."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.community import Community, food_need, rosa, sent_referral
from tests.guards import officer
from waypost.guarding.models import Disposal
from waypost.guarding.record.build import build_record
from waypost.guarding.record.tables import TABLES
from waypost.guarding.rules.retention import RecordRule, record_rule
from waypost.guarding.selectors import retention as selectors
from waypost.guarding.services import retention
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.transaction import acting
from waypost.people.selectors import names
from waypost.people.services import Identity, register
from waypost.referrals import services as referrals

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=12 * 365)
TIMES = {
    "people_person": ("registered_at",),
    "people_contactpoint": ("noted_at",),
    "screening_need": ("status_at",),
    "screening_needevent": ("at",),
    "consent_consent": ("starts_at", "ends_at", "revoked_at"),
    "consent_form": ("recorded_at",),
    "referrals_referral": ("moved_at",),
}


def long_ago() -> None:
    """Everything happened twelve years earlier than it did."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, columns in TIMES.items():
            changes = ", ".join(f"{each} = {each} - %s" for each in columns)
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET {changes}", [LONG_AGO] * len(columns))
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def closed(community: Community) -> tuple[UUID, UUID]:
    """A person of the clinic whose referral the food bank finished twelve years ago, and the referral."""
    person, referral, _ = sent_referral(community)
    with acting(community.sam):
        referrals.move(actor=community.sam, referral_id=referral, name="accept")
        referrals.report(actor=community.sam, referral_id=referral, fact="received", source="partner")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_referral SET status = 'completed'")
        cursor.execute("UPDATE screening_need SET status = 'met'")
    long_ago()
    return person, referral


def only_due() -> Disposal:
    retention.list_due()
    return Disposal.objects.get(status="due")


def destroyed(community: Community, first: Actor, second: Actor) -> Disposal:
    row = only_due()
    with acting(first):
        retention.ask_disposal(actor=first, disposal_id=row.id, words="Twelve years")
    with acting(second):
        retention.confirm_disposal(actor=second, disposal_id=row.id)
    row.refresh_from_db()
    return row


def test_years_run_from_the_last_contact_and_for_a_minor_from_majority_too() -> None:
    rule = RecordRule(date(2026, 1, 1), 7, 7, "", "unchecked")
    assert rule.due(date(2020, 5, 1), date(1980, 1, 1)) == date(2027, 5, 1)
    assert rule.due(date(2020, 5, 1), date(2015, 3, 9)) == date(2040, 3, 9), "18 in 2033, and seven more"
    assert rule.due(date(2020, 2, 29), None) == date(2027, 3, 1)


def test_rules_are_dated_by_kind_of_organization_and_say_that_nobody_checked_them() -> None:
    clinic, other = (record_rule(each, date(2026, 6, 1)) for each in ("covered_entity", "none"))
    assert clinic and other and clinic.years >= other.years >= 6
    assert {clinic.checked, other.checked} == {"unchecked"} and "state" in other.source
    assert record_rule("covered_entity", date(2025, 12, 31)) is None


def test_what_is_fresh_or_open_is_not_due(community: Community) -> None:
    rosa(community.ana)
    assert retention.list_due() == 0, "registered today"
    person = rosa(community.ana)
    food_need(community.ana, person)
    long_ago()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_contactpoint WHERE person_id <> %s", [person])
        cursor.execute("UPDATE people_person SET registered_at = now() WHERE id <> %s", [person])
    assert retention.list_due() == 0, "a need is open"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE screening_need SET status = 'met'")
    assert retention.list_due() == 1
    assert retention.list_due() == 0, "once"


def test_a_hold_stops_it_until_it_is_lifted(community: Community) -> None:
    person, _ = closed(community)
    pia = officer(community.clinic)
    row = only_due()
    with acting(pia):
        retention.ask_disposal(actor=pia, disposal_id=row.id, words="Twelve years")
        hold = retention.place_hold(actor=pia, person_id=person, reason="A subpoena came")
    with acting(community.lee), pytest.raises(Refused):
        retention.confirm_disposal(actor=community.lee, disposal_id=row.id)
    retention.list_due()
    row.refresh_from_db()
    assert row.status == "lapsed"
    with acting(pia):
        assert selectors.why_kept(pia, person) == ["hold"]
        retention.lift_hold(actor=pia, hold_id=hold, words="The case is over")
    assert retention.list_due() == 1


def test_one_person_cannot_do_both_in_the_service_or_past_it(
    community: Community, as_web: Callable[[], None]
) -> None:
    person, _ = closed(community)
    row = only_due()
    lee = community.lee
    with acting(lee):
        retention.ask_disposal(actor=lee, disposal_id=row.id, words="Twelve years")
        with pytest.raises(Refused, match="Somebody else"):
            retention.confirm_disposal(actor=lee, disposal_id=row.id)
    as_web()
    with acting(lee), connection.cursor() as cursor:
        for sql in (
            "UPDATE guarding_disposal SET status = 'done', confirmed_by = waypost_actor()",
            "UPDATE guarding_disposal SET status = 'done', asked_by = gen_random_uuid(),"
            " confirmed_by = waypost_actor()",
            "UPDATE guarding_disposal SET asked_by = gen_random_uuid()",
            "UPDATE guarding_disposal SET due_on = due_on - 1",
            "DELETE FROM guarding_disposal",
            f"SELECT guarding_destroy('{row.id}', 'people_person')",
            f"DELETE FROM consent_consent WHERE person_id = '{person}'",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(sql)
        assert person in names(lee, [person])


def test_nothing_personal_is_left_in_any_table_and_the_others_keep_theirs(
    community: Community, as_web: Callable[[], None]
) -> None:
    person, referral = closed(community)
    with acting(community.ana):
        other = register(actor=community.ana, identity=Identity(given_name="Minh", family_name="Tran"))
    theirs = rosa(community.sam)
    before = build_record(community.clinic, person)
    pia = officer(community.clinic)
    row = destroyed(community, community.lee, pia)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert one("SELECT count(*) FROM people_nameword WHERE person_id = %s", person) == 0
    after = build_record(community.clinic, person)
    kept = {each.name: len(each.rows) for each in after.sections if each.rows}
    assert set(kept) == {"identity", "referrals", "referral_history", "referral_reports", "accounting",
                         "who_looked", "destroying"}  # fmt: skip
    assert len(after.section("accounting").rows) == len(before.section("accounting").rows)
    (identity,) = after.section("identity").rows
    assert (identity["given_name"], identity["family_name"], identity["birth_date"]) == ("", "-", None)
    assert found_in_any_table(
        person, community.clinic, "Delgado", "206-555-0143", "1972-03-14", "12 Cedar St"
    ) == {"referrals_referral": {"shared"}}, "what the food bank was told stays with the food bank"
    assert row.confirmed_by_name == "Pia Berg" and row.counts["consent_consent"] == 1
    call_command("verify_audit")
    as_web()
    with acting(community.ana):
        assert names(community.ana, [person, other]) == {other: "Minh Tran"}
        assert one("SELECT count(*) FROM referrals_referral") == 0, "we see it no more"
        assert one("SELECT count(*) FROM people_person WHERE disposed_at IS NOT NULL") == 0
        with pytest.raises(NotVisible):
            retention.place_hold(actor=community.ana, person_id=person, reason="Too late")
    with acting(community.sam):
        assert names(community.sam, [theirs]) == {theirs: "Rosa Delgado"}
        assert one("SELECT shared::text LIKE '%%Delgado%%' FROM referrals_referral WHERE id = %s", referral)


def test_a_referral_goes_once_both_sides_are_gone(community: Community) -> None:
    person, referral, _ = sent_referral(community)
    with acting(community.sam):
        referrals.move(actor=community.sam, referral_id=referral, name="accept")
        own = referrals.take_into_records(actor=community.sam, referral_id=referral)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_referral SET status = 'completed'")
        cursor.execute("UPDATE screening_need SET status = 'met'")
    long_ago()
    retention.list_due()
    pairs = {
        person: (community.lee, officer(community.clinic)),
        own: (officer(community.bank), officer(community.bank, "Uma Roy", role="supervisor")),
    }
    for row in Disposal.objects.filter(status="due"):
        first, second = pairs[row.person_id]
        with acting(first):
            retention.ask_disposal(actor=first, disposal_id=row.id, words="Twelve years")
        with acting(second):
            retention.confirm_disposal(actor=second, disposal_id=row.id)
    assert one("SELECT count(*) FROM referrals_referral") == 0
    assert one("SELECT count(*) FROM referrals_referralevent") == 0
    assert found_in_any_table(person, community.clinic, "Delgado", "206-555-0143", "1972-03-14") == {}


def one(sql: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchone()[0]


def found_in_any_table(person: UUID, holder: UUID, *words: str) -> dict[str, set[str]]:
    """Tables and columns where a word about the holder's person is, or its key where it should be gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found: dict[str, set[str]] = {}
        keyed = {"disclosure_disclosure", "kernel_auditentry", "guarding_disposal", "people_person",
                 "referrals_referral", "kernel_event"}  # fmt: skip
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t")
            for (row,) in cursor.fetchall():
                loaded = json.loads(row) if isinstance(row, str) else row
                ours = loaded.get("held_by_id") in (None, str(holder))
                for column, value in loaded.items():
                    text = json.dumps(value)
                    if ours and any(word in text for word in words):
                        found.setdefault(table, set()).add(column)
                    if str(person) in text and table not in keyed:
                        found.setdefault(table, set()).add(column)
    return found


def test_what_stays_is_said_in_the_list_of_tables() -> None:
    assert {each.name for each in TABLES if each.stays} == {
        "disclosure_disclosure", "kernel_auditentry", "guarding_disposal",
    }  # fmt: skip
