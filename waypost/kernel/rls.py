"""Row level security: migration operations, and the short list of tables that need none.

Every table is either on ``PUBLIC_TABLES`` or under FORCE ROW LEVEL SECURITY; a test holds it.
``waypost_owner`` (migrations) and ``waypost_system`` (worker, commands) pass by an explicit policy;
``waypost_web`` sees what the policies show to the organization set in this transaction.
"""

from fnmatch import fnmatch

from django.db import migrations
from django.db.migrations.operations.base import Operation

ORGANIZATION = "(SELECT waypost_organization())"
ACTOR = "(SELECT waypost_actor())"

# No personal data about the people served: framework tables, the users' own accounts, the
# community's directory, who takes part in the network, and instruments.
PUBLIC_TABLES = (
    "django_*",
    "auth_*",
    "procrastinate_*",
    "account_*",
    "accounts_user",
    "accounts_identity",
    "network_signon",
    "mfa_*",
    "directory_*",
    "network_organization",
    "network_site",
    "network_team",
    "network_agreement",
    "network_agreement_parties",
    "screening_instrument",
)


def is_public(table: str) -> bool:
    """Whether this table stands on the public list."""
    return any(fnmatch(table, pattern) for pattern in PUBLIC_TABLES)


def protect(table: str) -> Operation:
    """Switch row level security on (FORCE: for the owner too) and let the two system roles pass."""
    return migrations.RunSQL(
        [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_system ON {table} TO waypost_owner, waypost_system"
            " USING (true) WITH CHECK (true)",
        ],
        [
            f"DROP POLICY {table}_system ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )


def policy(
    table: str, name: str, *, command: str = "SELECT", using: str | None = None, check: str | None = None
) -> Operation:
    """One permissive policy for the web role; several are joined by OR."""
    clauses = "".join(
        [f" USING ({using})" if using else "", f" WITH CHECK ({check})" if check else ""],
    )
    return migrations.RunSQL(
        f"CREATE POLICY {table}_{name} ON {table} FOR {command} TO waypost_web{clauses}",
        f"DROP POLICY {table}_{name} ON {table}",
    )


def own(table: str, column: str = "held_by_id") -> list[Operation]:
    """Read and written by the organization that holds the row, and by nobody else."""
    mine = f"{column} = {ORGANIZATION}"
    return [protect(table), policy(table, "own", command="ALL", using=mine, check=mine)]


def shared(table: str, *, person: str = "person_id") -> Operation:
    """Readable too where the access table says so: for this person, topic and every sensitivity."""
    return policy(
        table,
        "shared",
        using=(  # names of tables and columns come from migrations alone
            f"EXISTS (SELECT 1 FROM disclosure_access a WHERE a.person_id = {table}.{person}"  # noqa: S608
            f" AND a.holder_id = {table}.held_by_id AND a.recipient_id = {ORGANIZATION}"
            f" AND {table}.topic = ANY (a.topics) AND {table}.sensitivities <@ a.sensitivities"
            " AND a.starts_at <= now() AND (a.ends_at IS NULL OR a.ends_at > now()))"
        ),
    )


def unblocked(table: str, *, person: str = "person_id", also: str = "") -> Operation:
    """Hidden from a worker whom the person wants kept out (a restrictive policy: nothing goes past it).

    ``also``: a second column that may name the person, and may be empty. The list is read once a query.
    """
    out = "{column} = ANY ((SELECT consent_blocked_people())::uuid[])"
    tests = " OR ".join(f"coalesce({out.format(column=each)}, false)" for each in (person, also) if each)
    return migrations.RunSQL(
        f"CREATE POLICY {table}_unblocked ON {table} AS RESTRICTIVE FOR ALL TO waypost_web"
        f" USING (NOT ({tests}))",
        f"DROP POLICY {table}_unblocked ON {table}",
    )


def append_only(table: str) -> Operation:
    """Rows are added and read, never changed: UPDATE and DELETE are taken from every serving role."""
    return migrations.RunSQL(
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM waypost_web, waypost_system",
        f"GRANT UPDATE, DELETE ON {table} TO waypost_web, waypost_system",
    )


def about_own_person(table: str) -> Operation:
    """A row about a person stands with whoever holds that person: nobody writes about a stranger's people."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_own_person"
        " FOREIGN KEY (person_id, held_by_id) REFERENCES people_person (id, held_by_id)",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_own_person",
    )


def read_only(*tables: str) -> Operation:
    """Public, but written by commands only: who serves people may not."""
    names = ", ".join(tables)
    return migrations.RunSQL(
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {names} FROM waypost_web",
        f"GRANT INSERT, UPDATE, DELETE ON {names} TO waypost_web",
    )
