"""Who may write what decides about sharing, asked by the database itself: the integrator; and a supervisor
for the one line of the own organization that says from when a second step is needed at sign-in."""

from django.db import migrations

TABLES = ("network_organization", "network_site", "network_team", "network_agreement", "network_agreement_parties")

STATEMENT = """
CREATE FUNCTION network_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'waypost_web' AND NOT (network_is_integrator()
        OR (TG_TABLE_NAME = 'network_organization' AND TG_OP = 'UPDATE'
            AND network_manages(waypost_organization()))) THEN
        RAISE EXCEPTION 'permission denied for table %', TG_TABLE_NAME USING ERRCODE = '42501';
    END IF;
    RETURN NULL;
END;
$$;
CREATE FUNCTION network_guard_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'waypost_web' AND NOT network_is_integrator()
        AND (NEW.id <> waypost_organization()
            OR to_jsonb(NEW) - 'second_step_from' <> to_jsonb(OLD) - 'second_step_from') THEN
        RAISE EXCEPTION 'permission denied for table network_organization' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER network_organization_guard_row BEFORE UPDATE ON network_organization
FOR EACH ROW EXECUTE FUNCTION network_guard_row();
"""
GUARD = """
CREATE TRIGGER {table}_guard BEFORE INSERT OR UPDATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION network_guard();
GRANT INSERT, UPDATE ON {table} TO waypost_web;
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0007_second_step")]

    operations = [
        migrations.RunSQL(
            STATEMENT + "".join(GUARD.format(table=table) for table in TABLES),
            "".join(
                f"DROP TRIGGER {table}_guard ON {table}; REVOKE INSERT, UPDATE ON {table} FROM waypost_web;"
                for table in TABLES
            )
            + "DROP TRIGGER network_organization_guard_row ON network_organization;"
            + "DROP FUNCTION network_guard_row(); DROP FUNCTION network_guard();",
        ),
    ]
