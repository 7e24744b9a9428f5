"""Attacks on a sealed audit by somebody above all roles; each is found (RFC 9562, SHA-256)."""

import hashlib
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from waypost.kernel import audit, chain
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7
from waypost.kernel.models import AuditEntry, AuditHead, AuditSeal

pytestmark = pytest.mark.django_db

ANA = Actor(uuid4(), "Ana", uuid4(), "Clinic", "coordinator")


@pytest.fixture(autouse=True)
def above_all_roles(db: None) -> None:
    """Rows are attacked as their owner; triggers and grants do not stop a superuser."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def sealed(count: int = 6) -> list[UUID]:
    for number in range(count):
        audit.record("thing.done", actor=ANA, subject_type="thing", subject_ids=[uuid4()], number=number)
    audit.seal()
    return list(AuditSeal.objects.order_by("position").values_list("entry_id", flat=True))


def found() -> str:
    """What the command says, as somebody at the console reads it."""
    out = StringIO()
    with pytest.raises(CommandError, match="The chain is broken"):
        call_command("verify_audit", stdout=out)
    return out.getvalue()


def test_a_whole_chain_holds_and_every_hash_is_the_one_that_a_pencil_finds() -> None:
    first = sealed(1)[0]
    entry = AuditEntry.objects.get(pk=first)
    body = json.dumps(
        {
            "action": "thing.done", "actor_id": str(ANA.user_id), "actor_name": "Ana",
            "actor_role": "coordinator", "at": entry.at.timestamp(), "detail": {"number": 0},
            "held_by": str(ANA.organization_id), "id": str(first),
            "subject_ids": [str(entry.subject_ids[0])], "subject_type": "thing",
        },
        separators=(",", ":"),
    )  # fmt: skip
    expected = hashlib.sha256(("0" * 64 + "\n" + body).encode()).hexdigest()
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert f"Head of the chain: {expected}" in out.getvalue()


FIELDS = {
    "actor_name": "'Eve'",
    "actor_role": "'supervisor'",
    "actor_id": "gen_random_uuid()",
    "held_by": "gen_random_uuid()",
    "action": "'thing.seen'",
    "at": "at - interval '1 second'",
    "detail": """'{"number": 7}'""",
    "subject_type": "'person'",
    "subject_ids": "ARRAY[gen_random_uuid()]",
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_change_of_any_field_is_found(field: str) -> None:
    entries = sealed()
    sql(f"UPDATE kernel_auditentry SET {field} = {FIELDS[field]} WHERE id = %s", entries[2])
    assert f"entry {entries[2]} (seal 3) was changed" in found()


def test_a_deleted_row_is_found_with_its_seal_and_without() -> None:
    entries = sealed()
    sql("DELETE FROM kernel_auditentry WHERE id = %s", entries[3])
    assert f"entry {entries[3]} (seal 4) was deleted" in found()
    sql("DELETE FROM kernel_auditseal WHERE position = 4")
    assert "seal 4 is missing (next is 5)" in found()


def test_a_deleted_row_is_found_though_the_seals_after_it_were_moved_up() -> None:
    entries = sealed()
    sql("DELETE FROM kernel_auditentry WHERE id = %s", entries[3])
    sql("DELETE FROM kernel_auditseal WHERE position = 4")
    sql("UPDATE kernel_auditseal SET position = 4 WHERE position = 5")
    sql("UPDATE kernel_auditseal SET position = 5 WHERE position = 6")
    assert f"entry {entries[4]} (seal 4) was changed" in found()


@pytest.mark.parametrize("identifier", [uuid4, lambda: uuid7(milliseconds=1_700_000_000_000)])
def test_an_inserted_row_is_found_before_it_is_sealed(identifier: object) -> None:
    entries = sealed()
    forged = identifier()  # type: ignore[operator]
    sql(
        "INSERT INTO kernel_auditentry (id, at, action, held_by, actor_id, actor_name, actor_role,"
        " subject_type, subject_ids, detail) SELECT %s, at, action, held_by, actor_id, 'Eve', actor_role,"
        " subject_type, subject_ids, detail FROM kernel_auditentry WHERE id = %s",
        forged,
        entries[1],
    )
    assert f"entry {forged} was inserted" in found()
    with pytest.raises(CommandError):
        call_command("verify_audit", "--seal", stdout=StringIO())
    assert not AuditSeal.objects.filter(entry_id=forged).exists(), "what was inserted is not sealed over"


def test_a_row_inserted_with_a_past_of_its_own_is_found() -> None:
    sealed()
    forged = AuditEntry(id=uuid7(), at=now() - timedelta(days=3), action="people.look")
    AuditEntry.objects.bulk_create([forged])
    assert f"entry {forged.id} was inserted: its time is not" in found()


def test_swapped_rows_are_found() -> None:
    entries = sealed()
    sql("UPDATE kernel_auditentry SET id = %s WHERE id = %s", parked := uuid4(), entries[1])
    sql("UPDATE kernel_auditentry SET id = %s WHERE id = %s", entries[1], entries[2])
    sql("UPDATE kernel_auditentry SET id = %s WHERE id = %s", entries[2], parked)
    said = found()
    assert f"entry {entries[1]} (seal 2) was changed" in said
    assert f"entry {entries[2]} (seal 3) was changed" in said


def test_an_end_that_was_cut_off_is_found() -> None:
    entries = sealed()
    sql("DELETE FROM kernel_auditseal WHERE position > 4")
    sql("DELETE FROM kernel_auditentry WHERE id = ANY (%s)", entries[4:])
    assert "the chain ends at seal 4; it reached 6" in found()


def test_an_end_cut_off_with_all_its_traces_is_found_by_what_was_written_outside(
    tmp_path: Path, settings: object
) -> None:
    settings.AUDIT_ANCHORS = str(tmp_path / "anchors.jsonl")  # type: ignore[attr-defined]
    entries = sealed()
    assert chain.check().holds
    sql("DELETE FROM kernel_auditseal WHERE position > 4")
    sql("DELETE FROM kernel_auditentry WHERE id = ANY (%s)", entries[4:])
    last = AuditSeal.objects.get(position=4)
    AuditHead.objects.update(position=4, hash=last.hash)
    sql("DELETE FROM kernel_auditcheck")
    assert "the chain ends at seal 4; 6 was written down outside" in found()


def test_a_chain_made_anew_is_found_by_what_was_written_outside(tmp_path: Path, settings: object) -> None:
    settings.AUDIT_ANCHORS = str(tmp_path / "anchors.jsonl")  # type: ignore[attr-defined]
    entries = sealed()
    chain.check()
    sql("UPDATE kernel_auditentry SET actor_name = 'Eve' WHERE id = %s", entries[0])
    sql("DELETE FROM kernel_auditseal")
    audit.seal()
    settings.AUDIT_ANCHORS, kept = "", settings.AUDIT_ANCHORS  # type: ignore[attr-defined]
    assert chain.verify().findings == (), "to the database alone it looks whole"
    settings.AUDIT_ANCHORS = kept  # type: ignore[attr-defined]
    assert "seal 6 is not the one that was written down outside" in found()


def test_a_check_is_kept_and_mailed_and_says_nothing_of_anybody(settings: object) -> None:
    settings.AUDIT_MAIL = ["officer@cedar.example"]  # type: ignore[attr-defined]
    sealed()
    card = chain.check(asked_by="Lee Park")
    assert (chain.last_check(), card.sealed, card.holds) == (card, 6, True)
    chain.mail_anchor(card, chain.last_head())
    assert f"head: {chain.last_head()}" in mail.outbox[0].body
    assert "Ana" not in mail.outbox[0].body


def test_an_id_made_by_the_database_is_one_of_waypost() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT waypost_uuid7() FROM generate_series(1, 50)")
        made = [chain.made_at(each) for (each,) in cursor.fetchall()]
    assert all(each is not None and abs(each - now()) < timedelta(minutes=1) for each in made)
