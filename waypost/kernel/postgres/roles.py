"""The four roles, the database and who may do what in it: the same on the embedded and on a real server.

Privileges are granted by default, before the first migration: whatever table a migration makes, the
serving roles can use it, and row level security decides about its rows.
"""

from collections.abc import Callable, Mapping

import psycopg
from psycopg import sql

from waypost.kernel.postgres.errors import LauncherError

OWNER, SYSTEM, WEB, BACKUP = "waypost_owner", "waypost_system", "waypost_web", "waypost_backup"
DATABASE = "waypost"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "citext")
ROLES = {
    # NOINHERIT: membership lets the owner SET ROLE (tests do), but gives it nothing by itself.
    OWNER: "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE",
    SYSTEM: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
    WEB: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
    BACKUP: "LOGIN NOSUPERUSER BYPASSRLS NOCREATEROLE NOCREATEDB",
}
GRANTS = (
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO waypost_system, waypost_web, waypost_backup",
    "GRANT USAGE, CREATE ON SCHEMA public TO waypost_owner",
    "ALTER DEFAULT PRIVILEGES FOR ROLE waypost_owner IN SCHEMA public"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO waypost_system, waypost_web",
    "ALTER DEFAULT PRIVILEGES FOR ROLE waypost_owner IN SCHEMA public"
    " GRANT USAGE, SELECT ON SEQUENCES TO waypost_system, waypost_web",
    "ALTER DEFAULT PRIVILEGES FOR ROLE waypost_owner IN SCHEMA public"
    " GRANT EXECUTE ON FUNCTIONS TO waypost_system, waypost_web",
    "ALTER DEFAULT PRIVILEGES FOR ROLE waypost_owner IN SCHEMA public"
    " GRANT SELECT ON TABLES TO waypost_backup",
    "ALTER DEFAULT PRIVILEGES FOR ROLE waypost_owner IN SCHEMA public"
    " GRANT SELECT ON SEQUENCES TO waypost_backup",
)


def prepare(
    address: Callable[[str], str],
    *,
    database: str = DATABASE,
    first: str = "postgres",
    passwords: Mapping[str, str] | None = None,
    for_tests: bool = False,
) -> None:
    """Make what is missing, as an administrator; what stands already stays.

    ``address`` gives the administrator's address for a database, ``first`` is one that exists.
    ``for_tests`` lets the owner create databases and prepares template1, so that test databases come ready.
    """
    try:
        with psycopg.connect(address(first), autocommit=True, connect_timeout=10) as connection:
            _roles(connection, passwords or {}, for_tests=for_tests)
            _database(connection, database)
        for name in [database, *(["template1"] if for_tests else [])]:
            with psycopg.connect(address(name), autocommit=True, connect_timeout=10) as connection:
                _inside(connection)
    except psycopg.OperationalError as error:
        raise LauncherError(
            f"The database server cannot be prepared: {str(error).strip()}.",
            "See that it runs and that the administrator's address is right.",
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise LauncherError(
            f"The administrator may not do what is needed: {str(error).strip()}.",
            "Use an account that may create roles and databases and may grant BYPASSRLS (a superuser may).",
        ) from error


def _roles(connection: psycopg.Connection, passwords: Mapping[str, str], *, for_tests: bool) -> None:
    there = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
    for role, powers in ROLES.items():
        if role not in there:
            connection.execute(sql.SQL("CREATE ROLE {} " + powers).format(sql.Identifier(role)))
        if role in passwords:
            statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
            connection.execute(statement.format(sql.Identifier(role), sql.Literal(passwords[role])))
    connection.execute("GRANT waypost_web, waypost_system TO waypost_owner")
    if for_tests:
        connection.execute("ALTER ROLE waypost_owner CREATEDB")


def _database(connection: psycopg.Connection, database: str) -> None:
    name = sql.Identifier(database)
    there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    if there is None:
        mighty = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        if mighty is not None and not mighty[0]:
            connection.execute("GRANT waypost_owner TO CURRENT_USER")
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER waypost_owner ENCODING 'UTF8' TEMPLATE template0").format(name)
        )
    connection.execute(sql.SQL("REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC").format(name))
    everyone = sql.SQL("GRANT CONNECT ON DATABASE {} TO waypost_system, waypost_web, waypost_backup")
    connection.execute(everyone.format(name))


def _inside(connection: psycopg.Connection) -> None:
    connection.execute("SET client_min_messages = warning")
    for extension in EXTENSIONS:
        statement = sql.SQL("CREATE EXTENSION IF NOT EXISTS {} WITH SCHEMA public")
        connection.execute(statement.format(sql.Identifier(extension)))
    for grant in GRANTS:
        connection.execute(grant)
