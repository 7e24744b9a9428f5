"""A real server, named by DATABASE_URL: prepared by an administrator once, then only looked at."""

import os
from collections.abc import Mapping

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from waypost.kernel.postgres import roles
from waypost.kernel.postgres.errors import LauncherError

ADDRESSES = {
    "DATABASE_URL": roles.WEB,
    "DATABASE_URL_OWNER": roles.OWNER,
    "DATABASE_URL_SYSTEM": roles.SYSTEM,
}


def is_named() -> bool:
    """Whether the environment names a server outside."""
    return bool(os.environ.get("DATABASE_URL"))


def addresses() -> dict[str, str]:
    """The three addresses by role; raises LauncherError when one is missing or names another role."""
    found = {}
    for variable, role in ADDRESSES.items():
        value = os.environ.get(variable, "")
        if not value:
            raise LauncherError(
                f"DATABASE_URL is set, but {variable} is not.",
                "Waypost connects as three roles, so it needs three addresses: " + ", ".join(ADDRESSES) + ".",
            )
        if _parts(variable, value).get("user") != role:
            raise LauncherError(
                f"{variable} must connect as {role}: the rules about who sees what name that role.",
                f"Write it like postgresql://{role}:PASSWORD@HOST/{roles.DATABASE}.",
            )
        found[role] = value
    return found


def prepare(admin: str) -> str:
    """Make roles, database and grants as the administrator at this address; returns the database's name."""
    urls = addresses()
    databases = {str(_parts(role, url).get("dbname", role)) for role, url in urls.items()}
    if len(databases) != 1:
        raise LauncherError(
            f"The three addresses name different databases: {', '.join(sorted(databases))}.",
            "Let all three end in the same name.",
        )
    (database,) = databases
    passwords = {role: str(_parts(role, url).get("password") or "") for role, url in urls.items()}
    first = str(_parts("--admin-url", admin).get("dbname") or "postgres")
    roles.prepare(
        lambda name: make_conninfo(admin, dbname=name),
        database=database,
        first=first,
        passwords={role: word for role, word in passwords.items() if word},
    )
    return database


def look() -> list[str]:
    """A line on the server and one on each role, each connected for real."""
    lines: list[str] = []
    for role, url in addresses().items():
        with psycopg.connect(url, connect_timeout=10) as connection:
            row = connection.execute(
                "SELECT current_setting('server_version'), current_user, current_database(), rolsuper"
                " FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
        version, user, database, mighty = row or ("?", role, "?", False)
        if not lines:
            lines.append(f"The database is outside: PostgreSQL {version}, database {database}.")
        warning = " It is a superuser and must not be: nothing would be hidden from it." if mighty else ""
        lines.append(f"{user} connects.{warning}")
    return lines


def _parts(name: str, address: str) -> Mapping[str, object]:
    try:
        return conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        raise LauncherError(
            f"The address in {name} cannot be read: {str(error).strip()}.",
            "Write it like postgresql://USER:PASSWORD@HOST/DATABASE.",
        ) from error
