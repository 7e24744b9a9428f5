"""SQL as the site's own role, for another organization and for none: over every table and every function.

Row level security guards against errors of the site's code. Each test here is such an error: a statement
without a filter, a copied row, a function called with somebody else's ids.
"""

import json
import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import Error, connection, transaction

from tests.web.access.world import World
from waypost.kernel.rls import is_public

pytestmark = pytest.mark.django_db

RANDOM = "00000000-0000-7000-8000-000000000001"
# Functions with more rights than the site's role, and what an attack on each of them says.
DEFINERS = {
    "referrals_open_access": ("SELECT referrals_open_access(%(referral)s)", "just sent"),
    "referrals_withdraw": ("SELECT referrals_withdraw(%(referral)s, now())", ""),
    "disclosure_end_access": ("SELECT disclosure_end_access('referral', %(referral)s)", ""),
    "disclosure_end_consent": ("SELECT disclosure_end_consent(%(consent)s)", "ended"),
    "guarding_match_emergency": (
        "SELECT * FROM guarding_match_emergency(%(random)s, '', '{rosa,delgado}', '1972-03-14', '')",
        "no emergency of this worker",
    ),
    "guarding_open_emergency": (
        "SELECT guarding_open_emergency(%(random)s, %(person)s, '{identity}', '{}', '{}')",
        "no live emergency",
    ),
    "guarding_close_emergency": ("SELECT guarding_close_emergency(%(random)s)", "no emergency"),
    "guarding_destroy": ("SELECT guarding_destroy(%(random)s, 'people_person')", "two people destroy"),
    "guarding_redact": (
        "SELECT guarding_redact(%(random)s, 'guarding_incident', %(random)s)",
        "two people destroy",
    ),
    "consent_blocked_people": ("SELECT consent_blocked_people()", ""),
    "messaging_blocked_subjects": ("SELECT messaging_blocked_subjects()", ""),
    "network_is_integrator": ("SELECT network_is_integrator()", ""),
    "network_manages": ("SELECT network_manages(%(clinic)s)", ""),
    # asked at the door, before anybody is signed in: they answer for whoever knows a user's random id
    "network_works_for": ("SELECT network_works_for(%(random)s, %(clinic)s)", ""),
    "network_asks_own_sign_on": ("SELECT network_asks_own_sign_on(%(random)s)", ""),
    "directory_analyze": ("SELECT directory_analyze()", ""),
}


def rows(statement: str, values: object = None) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def become(role: str | None, organization: str = "", actor: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        if role:
            cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute(
            "SELECT set_config('waypost.organization', %s, true), set_config('waypost.actor', %s, true)",
            [organization, actor],
        )


def guarded() -> list[str]:
    names = rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [str(name) for (name,) in names if not is_public(str(name))]


def kept() -> dict[str, list[str]]:
    """Every row of every guarded table, as the owner sees it, in JSON."""
    become(None)
    return {
        table: [str(each) for (each,) in rows(f"SELECT to_jsonb(t)::text FROM {table} t")]  # noqa: S608
        for table in guarded()
    }


def attempt(statement: str, values: object = None) -> tuple[int, str]:
    """How many rows it touched, and what the database said against it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            touched = cursor.rowcount
            transaction.set_rollback(True)
            return touched, ""
    except Error as refusal:
        return 0, str(refusal).split("\n")[0]


@pytest.fixture(params=["", RANDOM, "stranger", "victim"])
def outsider(request: pytest.FixtureRequest, world: World) -> Callable[[], None]:
    """Become the web role: for nobody, for no organization, for a stranger, for a victim service."""
    who = str(world.organizations.get(request.param, request.param))
    return lambda: become("waypost_web", who)


# what belongs to every organization itself, and so to an outsider too
OWN = {"network_membership"}


def test_an_outsider_reads_changes_and_deletes_nothing(world: World, outsider: Callable[[], None]) -> None:
    before = kept()
    assert len([table for table, found in before.items() if found]) >= 12, "the world fills the tables"
    outsider()
    touched = {}
    for table, found in before.items():
        (column,) = rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attidentity = '' ORDER BY attnum LIMIT 1",
            [table],
        )[0]
        attacks = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]  # noqa: S608
        if table not in OWN:
            attacks.append(f"SELECT 1 FROM {table}")  # noqa: S608
        for attack in attacks:
            if (count := attempt(attack)[0]) and found:
                touched[attack] = count
    assert touched == {}
    assert kept() == before


REFUSALS = "row-level|permission denied"


def test_a_row_of_somebody_else_is_refused_and_not_for_being_there_already(
    world: World, outsider: Callable[[], None]
) -> None:
    """Copied as it stands, and with a new id: both refusals are alike, so that no error tells of a row."""
    before = kept()
    outsider()
    wrong = {}
    for table, found in before.items():
        hers = next((each for each in found if str(world.organizations["own"]) in each), None)
        for each in [hers] if hers else []:
            insert = f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s)"  # noqa: S608
            row = json.loads(each)
            copied, said = attempt(insert, [each])
            fresh, said_of_new = attempt(insert, [json.dumps({**row, "id": _other(row.get("id"))})])
            if copied or fresh or said != said_of_new or not re.search(REFUSALS, said):
                wrong[table] = (said, said_of_new)
    assert wrong == {}


def _other(key: object) -> object:
    return key + 1_000_000 if isinstance(key, int) else str(uuid4())


def test_a_row_under_another_organizations_name_is_refused(world: World) -> None:
    """The stranger's own rows, moved to the clinic: by insert and by update."""
    clinic, stranger = world.organizations["own"], world.organizations["stranger"]
    before = kept()
    wrong = {}
    for table, found in before.items():
        mine = next((json.loads(each) for each in found if str(clinic) in each), None)
        if mine is None or "held_by_id" not in mine:
            continue
        become("waypost_web", str(clinic))
        moved, said = attempt(f"UPDATE {table} SET held_by_id = %s", [stranger])  # noqa: S608
        if moved:
            wrong[table] = (moved, said)
    assert wrong == {}


def definers() -> set[str]:
    found = rows(
        "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef"
        " AND has_function_privilege('waypost_web', p.oid, 'EXECUTE') AND p.prorettype <> 'trigger'::regtype"
    )
    return {str(name) for (name,) in found}


def test_every_function_with_more_rights_is_attacked_here() -> None:
    assert definers() == set(DEFINERS)


def test_no_function_with_more_rights_finds_its_tables_by_the_callers_path() -> None:
    loose = rows(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        " AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=public, pg_temp']"
    )
    assert loose == []


def test_triggers_of_more_rights_are_called_by_tables_alone(world: World) -> None:
    callable_ = rows(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        " AND prorettype = 'trigger'::regtype"
    )
    become("waypost_web", str(world.organizations["stranger"]))
    for (name,) in callable_:
        assert attempt(f"SELECT {name}()")[1], name  # noqa: S608


@pytest.mark.parametrize("name", DEFINERS)
def test_no_function_does_anything_with_anothers_ids(
    world: World, outsider: Callable[[], None], name: str
) -> None:
    statement, words = DEFINERS[name]
    before = kept()
    given = {
        "referral": world.referrals["referred"],
        "consent": world.ids["consent_id"],
        "person": world.ids["person_id"],
        "random": uuid4(),
        "clinic": world.organizations["own"],
    }
    outsider()
    said, told = "", []
    try:
        with transaction.atomic():
            told = rows(statement, given)
    except Error as refusal:
        said = str(refusal).split("\n")[0]
    assert words in said
    assert [each for row in told for each in row if each] == [], "nothing is told"
    nothing = {each: uuid4() for each in given}
    assert said == attempt(statement, nothing)[1], "a miss looks like a hit"
    assert kept() == before


@pytest.mark.parametrize("name", DEFINERS)
def test_no_recipient_does_the_senders_part(world: World, name: str) -> None:
    """The food bank knows the referral's id, and still may not widen, end or withdraw by function."""
    before = kept()
    become("waypost_web", str(world.organizations["referred"]))
    given = {
        "referral": world.referrals["referred"],
        "consent": world.ids["consent_id"],
        "person": world.ids["person_id"],
        "random": uuid4(),
        "clinic": world.organizations["own"],
    }
    try:
        with transaction.atomic():
            rows(DEFINERS[name][0], given)
    except Error:
        pass
    assert kept() == before


def test_statistics_of_guarded_tables_show_no_value(world: World) -> None:
    become(None)
    for table in ("people_person", "people_contactpoint"):
        rows(f"ANALYZE {table}")
    become("waypost_web", str(world.organizations["stranger"]))
    shown = rows("SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public'")
    assert {str(name) for (name,) in shown if not is_public(str(name))} == set()
    assert attempt("SELECT * FROM pg_statistic")[1]


def test_no_counter_tells_how_much_others_have_written() -> None:
    readable = rows(
        "SELECT t.relname, s.relname FROM pg_class s"
        " JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')"
        " JOIN pg_class t ON t.oid = d.refobjid WHERE s.relkind = 'S'"
        " AND (has_sequence_privilege('waypost_web', s.oid, 'SELECT')"
        " OR has_sequence_privilege('waypost_web', s.oid, 'USAGE'))"
    )
    assert [pair for pair in readable if not is_public(str(pair[0]))] == []


def test_the_web_role_makes_nothing_and_becomes_nobody() -> None:
    assert rows("SELECT has_schema_privilege('waypost_web', 'public', 'CREATE')") == [(False,)]
    become("waypost_web", RANDOM)
    for statement in (
        "SET ROLE waypost_owner",
        "SET ROLE waypost_backup",
        "SET SESSION AUTHORIZATION postgres",
        "SET row_security = off",
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "DROP POLICY people_person_own ON people_person",
        "CREATE FUNCTION public.steal() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "TRUNCATE people_person CASCADE",
        "COPY people_person TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
    ):
        said = attempt(
            f"{statement}; SELECT 1 FROM people_person" if "row_security" in statement else statement
        )
        assert said[1] or said[0] <= 0, statement


def test_jobs_and_events_hold_ids_and_names_of_things_alone(world: World) -> None:
    """Whoever may read the queue learns nothing of anybody: jobs are not under policies."""
    become(None)
    texts = [str(each) for (each,) in rows("SELECT args::text FROM procrastinate_jobs")]
    texts += [str(each) for (each,) in rows("SELECT payload::text FROM kernel_event")]
    assert texts
    for text in texts:
        for value in json.loads(text).values():
            plain = re.fullmatch(r"[\w.:/-]*", str(value))
            assert plain, text
        assert not re.search("Rosa|Delgado|Grace|206-?555|cedar\\.example", text), text


def test_turns_are_taken_by_a_key_that_names_nobody(world: World) -> None:
    """Advisory locks are seen by every role in pg_locks: a hash of ids, never a name."""
    from waypost.kernel.turns import take_turn  # noqa: PLC0415

    take_turn("person", UUID(str(world.ids["person_id"])))
    shown = rows("SELECT classid, objid FROM pg_locks WHERE locktype = 'advisory'")
    assert shown
