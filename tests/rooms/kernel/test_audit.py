"""The sealed audit: what was changed, deleted, inserted or swapped is found."""

from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from waypost.kernel import audit, chain
from waypost.kernel.actors import Actor
from waypost.kernel.models import AuditEntry, AuditSeal

pytestmark = pytest.mark.django_db

ORGANIZATION = uuid4()
ANA = Actor(uuid4(), "Ana", ORGANIZATION, "Clinic", "coordinator")


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def sealed(count: int) -> list[UUID]:
    for number in range(count):
        audit.record("thing.done", actor=ANA, subject_type="thing", subject_ids=[uuid4()], number=number)
    audit.seal()
    return list(AuditSeal.objects.order_by("position").values_list("entry_id", flat=True))


def test_an_untouched_chain_holds_and_the_tail_is_counted() -> None:
    sealed(5)
    audit.record("thing.done", actor=ANA)
    verdict = chain.verify()
    assert (verdict.sealed, verdict.unsealed, verdict.broken) == (5, 1, None)


def test_sealing_twice_adds_nothing() -> None:
    sealed(3)
    assert audit.seal() == 0


def test_a_changed_entry_is_named() -> None:
    entries = sealed(5)
    sql("UPDATE kernel_auditentry SET actor_name = 'Eve' WHERE id = %s", entries[2])
    assert str(entries[2]) in (chain.verify().broken or "")


def test_a_deleted_entry_is_named() -> None:
    entries = sealed(5)
    sql("DELETE FROM kernel_auditentry WHERE id = %s", entries[3])
    assert str(entries[3]) in (chain.verify().broken or "")


def test_a_deleted_seal_is_named() -> None:
    sealed(5)
    sql("DELETE FROM kernel_auditseal WHERE position = 2")
    assert "seal 2 is missing" in (chain.verify().broken or "")


def test_swapped_entries_are_found() -> None:
    one, two = sealed(5)[1:3]
    sql("UPDATE kernel_auditseal SET entry_id = %s WHERE position = 2", uuid4())
    sql("UPDATE kernel_auditseal SET entry_id = %s WHERE position = 3", one)
    sql("UPDATE kernel_auditseal SET entry_id = %s WHERE position = 2", two)
    assert "seal 2" in (chain.verify().broken or "")


def test_an_entry_inserted_with_a_seal_of_its_own_breaks_the_chain() -> None:
    entries = sealed(2)
    forged = AuditEntry.objects.get(pk=entries[0])
    forged.pk = uuid4()
    AuditEntry.objects.bulk_create([forged])
    AuditSeal.objects.bulk_create([AuditSeal(position=3, entry_id=forged.pk, hash="0" * 64)])
    assert str(forged.pk) in (chain.verify().broken or "")


@pytest.mark.parametrize("role", ["waypost_web", "waypost_system"])
@pytest.mark.parametrize("table", ["kernel_auditentry", "kernel_auditseal", "kernel_event"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_no_serving_role_may_change_what_was_written(role: str, table: str, statement: str) -> None:
    column = "position = position" if table == "kernel_auditseal" else "id = id"
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        sql(f"SET LOCAL ROLE {role}")
        sql(statement.format(table).replace("id = id", column))
