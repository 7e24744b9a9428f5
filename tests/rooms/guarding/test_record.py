"""The whole record: nothing is forgotten, nothing of others is in it, and its shape is the one described."""

import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import jsonschema
import pytest
from django.apps import apps
from django.db import connection

from tests.community import Community, agree, food_need, rosa, sent_referral
from waypost.guarding.record.build import Record, build_record
from waypost.guarding.record.tables import COLUMNS_LEFT_OUT, LEFT_OUT, TABLES
from waypost.kernel.rls import is_public
from waypost.kernel.transaction import acting
from waypost.people.services import Identity, register
from waypost.referrals import services as referrals

pytestmark = pytest.mark.django_db

SCHEMA = Path(__file__).resolve().parents[3] / "docs/reference/record.schema.json"
LISTED = {each.name for each in TABLES}
ABOUT_SOMEBODY = ("person_id", "recipient_person_id", "patient_id", "subject_ids")


def columns() -> dict[str, set[str]]:
    """Every table of the database with its columns: read from PostgreSQL, not from the models."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
        found: dict[str, set[str]] = {}
        for table, column in cursor.fetchall():
            found.setdefault(table, set()).add(column)
    return found


def test_every_table_about_a_person_or_held_by_somebody_is_listed_or_left_out_for_a_reason() -> None:
    personal = {
        table
        for table, names in columns().items()
        if not is_public(table) and (names & {*ABOUT_SOMEBODY, "held_by_id", "held_by"})
    }
    assert sorted(personal - LISTED - set(LEFT_OUT)) == [], "say in record/tables.py what becomes of it"


def test_every_foreign_key_to_a_person_is_listed_or_left_out_for_a_reason() -> None:
    person = apps.get_model("people", "Person")
    tables = {
        model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "concrete", False) and getattr(field, "related_model", None) is person
    }
    assert sorted(tables - LISTED - set(LEFT_OUT)) == []


def test_the_list_names_no_table_that_is_gone() -> None:
    assert {each.name for each in TABLES} - set(columns()) == set()
    assert LISTED & set(LEFT_OUT) == set()


def whole(community: Community, person: UUID, *, parent: bool = False) -> Record:
    return build_record(community.clinic, person, for_representative=parent)


def test_everything_of_a_referral_is_in_it_and_fits_the_schema(community: Community) -> None:
    person, referral, _ = sent_referral(community)
    with acting(community.sam):
        referrals.move(actor=community.sam, referral_id=referral, name="accept")
        referrals.report(actor=community.sam, referral_id=referral, fact="received", source="partner")
    record = whole(community, person)
    filled = {each.name for each in record.sections if each.rows}
    assert filled >= {
        "identity", "contacts", "needs", "need_history", "consents", "referrals", "referral_history",
        "referral_reports", "who_may_look", "accounting", "who_looked",
    }  # fmt: skip
    made = json.loads(json.dumps(record.as_json()))
    jsonschema.validate(made, json.loads(SCHEMA.read_text()), format_checker=jsonschema.FormatChecker())
    assert record.section("identity").rows[0]["birth_date"] == "1972-03-14"
    assert {each["value"] for each in record.section("contacts").rows} == {"206-555-0143", "12 Cedar St"}
    assert record.others == ("Cedar Food Bank",)
    keys = {key for each in record.sections for row in each.rows for key in row}
    assert keys & COLUMNS_LEFT_OUT == set()
    assert str(community.ana.user_id) not in json.dumps(made), "workers are named, not numbered"


def test_nothing_of_another_person_and_nothing_of_another_holder(community: Community) -> None:
    person = rosa(community.ana)
    rosa(community.sam)
    with acting(community.ana):
        other = register(actor=community.ana, identity=Identity(given_name="Minh", family_name="Tran"))
        theirs = register(actor=community.ana, identity=Identity(given_name="Wu", family_name="Li"))
    food_need(community.ana, other)
    agree(community.ana, theirs)
    text = json.dumps(whole(community, person).as_json())
    assert "Minh" not in text and "Tran" not in text and "food-insecurity" not in text
    assert sum(len(each.rows) for each in build_record(community.bank, person).sections) == 0


def test_the_recipients_record_holds_the_referral_that_reached_it(community: Community) -> None:
    person, referral, _ = sent_referral(community)
    with acting(community.sam):
        own = referrals.take_into_records(actor=community.sam, referral_id=referral)
    record = build_record(community.bank, own)
    (row,) = record.section("referrals").rows
    assert (row["sender_name"], row["service_name"]) == ("Ana Reyes", "Weekly groceries")
    assert str(person) not in json.dumps(record.as_json()), "the sender's own key stays with the sender"


def test_a_parents_copy_leaves_out_what_the_young_person_asked_for_alone(
    community: Community, as_web: Callable[[], None]
) -> None:
    person = rosa(community.ana)
    need = food_need(community.ana, person)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE screening_need SET sensitivities = '{minor_consented}' WHERE id = %s", [need])
    assert len(whole(community, person).section("needs").rows) == 1
    assert whole(community, person, parent=True).section("needs").rows == ()
