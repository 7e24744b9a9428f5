"""A worker whom a person wants kept out finds no row about that person: not in lists, searches or counts."""

from django.db import migrations

from waypost.kernel import rls

BLOCKED = """
CREATE FUNCTION consent_blocked_people() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(person_id), '{}') FROM consent_consent
    WHERE decision = 'blocked' AND status = 'active' AND waypost_actor() = ANY (worker_ids);
$$;
REVOKE ALL ON FUNCTION consent_blocked_people() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION consent_blocked_people() TO waypost_web, waypost_system, waypost_owner;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0006_serves"), ("people", "0003_own_people")]

    operations = [
        migrations.RunSQL(BLOCKED, "DROP FUNCTION consent_blocked_people()"),
        rls.unblocked("people_person", person="id"),
        rls.unblocked("people_contactpoint"),
        rls.unblocked("people_link"),
        rls.unblocked("consent_consent"),
        rls.unblocked("consent_form"),
        rls.unblocked("consent_keptfile"),
        rls.unblocked("consent_copy"),
    ]
