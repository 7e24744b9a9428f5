"""Who may do what in the database, on the embedded server and on one outside."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from tests.rooms.kernel.launching import cluster, empty_place
from waypost.kernel.postgres import external, roles
from waypost.kernel.postgres.cluster import SUPERUSER, Cluster
from waypost.kernel.postgres.errors import LauncherError

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with empty_place() as folder:
        at = cluster(folder)
        at.start()
        yield at


def connect(server: Cluster, role: str, database: str = "waypost") -> psycopg.Connection:
    return psycopg.connect(server.url(role, database), autocommit=True)


def test_no_role_of_ours_is_mighty(server: Cluster) -> None:
    with connect(server, SUPERUSER) as admin:
        rows = admin.execute(
            "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolcanlogin"
            " FROM pg_roles WHERE rolname LIKE 'waypost%' ORDER BY rolname"
        ).fetchall()
    assert rows == [
        ("waypost_backup", False, False, False, True, True),
        ("waypost_owner", False, False, False, False, True),
        ("waypost_system", False, False, False, False, True),
        ("waypost_web", False, False, False, False, True),
    ]


def test_the_owner_may_become_web_but_is_not_web(server: Cluster) -> None:
    with connect(server, "waypost_owner") as owner:
        owner.execute("CREATE TABLE secrets (who text)")
        owner.execute("ALTER TABLE secrets ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE secrets FORCE ROW LEVEL SECURITY")
        owner.execute("CREATE POLICY webs ON secrets TO waypost_web USING (true) WITH CHECK (true)")
        with pytest.raises(errors.InsufficientPrivilege):
            owner.execute("INSERT INTO secrets VALUES ('owner')")
        owner.execute("SET ROLE waypost_web")
        owner.execute("INSERT INTO secrets VALUES ('web')")
        owner.execute("RESET ROLE")
        assert owner.execute("SELECT count(*) FROM secrets").fetchone() == (0,)
    with connect(server, "waypost_backup") as backup:
        assert backup.execute("SELECT count(*) FROM secrets").fetchone() == (1,), "a backup holds all"


def test_tables_made_later_can_be_used_by_the_serving_roles(server: Cluster) -> None:
    with connect(server, "waypost_owner") as owner:
        owner.execute("CREATE TABLE later (id bigserial PRIMARY KEY, word text)")
        owner.execute("CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    for role in ("waypost_web", "waypost_system"):
        with connect(server, role) as serving:
            serving.execute("INSERT INTO later (word) VALUES ('a')")
            serving.execute("UPDATE later SET word = 'b'")
            serving.execute("SELECT one()")
            serving.execute("DELETE FROM later")
            with pytest.raises(errors.InsufficientPrivilege):
                serving.execute("TRUNCATE later")
            with pytest.raises(errors.InsufficientPrivilege):
                serving.execute("CREATE TABLE own (id int)")
    with connect(server, "waypost_backup") as backup:
        backup.execute("SELECT * FROM later")
        with pytest.raises(errors.InsufficientPrivilege):
            backup.execute("INSERT INTO later (word) VALUES ('c')")


def test_preparing_twice_takes_back_nothing(server: Cluster) -> None:
    with connect(server, "waypost_owner") as owner:
        owner.execute("CREATE TABLE sealed (id int)")
        owner.execute("REVOKE UPDATE, DELETE ON sealed FROM waypost_web")
    server.prepare()
    with connect(server, "waypost_web") as web, pytest.raises(errors.InsufficientPrivilege):
        web.execute("DELETE FROM sealed")


def test_what_search_needs_is_there(server: Cluster) -> None:
    with connect(server, "waypost_web") as web:
        found = {name for (name,) in web.execute("SELECT extname FROM pg_extension").fetchall()}
        assert set(roles.EXTENSIONS) <= found
        row = web.execute("SELECT lower('ÁÉÑ'), unaccent('áéñ')").fetchone()
    assert row == ("áéñ", "aen"), "letters with accents are letters"


def test_no_network_and_only_the_socket(server: Cluster) -> None:
    with connect(server, SUPERUSER) as admin:
        row = admin.execute("SELECT current_setting('listen_addresses'), inet_server_addr()").fetchone()
        rules = admin.execute(
            "SELECT type, auth_method FROM pg_hba_file_rules WHERE database <> '{replication}'"
        ).fetchall()
    assert row == ("", None)
    assert {kind for kind, method in rules if method == "trust"} == {"local"}


def test_a_server_outside_is_prepared_by_its_administrator(
    server: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, role in external.ADDRESSES.items():
        address = server.url(role, "elsewhere").replace(f"{role}@", f"{role}:a%20word@")
        monkeypatch.setenv(variable, address)
    for _ in range(2):
        assert external.prepare(server.url(SUPERUSER, "postgres")) == "elsewhere"
    lines = external.look()
    assert "database elsewhere" in lines[0]
    assert len(lines) == 1 + 3
    with connect(server, SUPERUSER) as admin:
        row = admin.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'waypost_web'").fetchone()
    assert row is not None
    assert str(row[0]).startswith("SCRAM-SHA-256"), "the address's password holds"
    with connect(server, "waypost_owner", "elsewhere") as owner:
        owner.execute("CREATE TABLE there (id int)")
    with connect(server, "waypost_web", "elsewhere") as web:
        web.execute("INSERT INTO there VALUES (1)")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"DATABASE_URL_OWNER": ""}, "DATABASE_URL_OWNER is not"),
        ({"DATABASE_URL": "postgresql://postgres@h/waypost"}, "must connect as waypost_web"),
        ({"DATABASE_URL": "postgresql://waypost_web@h/a"}, "different databases"),
        ({"DATABASE_URL_SYSTEM": "what=is this="}, "cannot be read"),
    ],
)
def test_wrong_addresses_are_told(monkeypatch: pytest.MonkeyPatch, change: dict[str, str], told: str) -> None:
    for variable, role in external.ADDRESSES.items():
        monkeypatch.setenv(variable, f"postgresql://{role}@host/waypost")
    os.environ.update(change)
    with pytest.raises(LauncherError, match=told):
        external.prepare("postgresql://postgres@host/postgres")
