"""A worker whom a person wants kept out reads no notice about that person's record, referrals or requests."""

from django.db import migrations

SUBJECTS = """
CREATE FUNCTION messaging_blocked_subjects() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH people AS (SELECT consent_blocked_people() AS ids)
    SELECT CASE WHEN p.ids = '{}' THEN '{}'::uuid[] ELSE p.ids
        || array(SELECT r.id FROM referrals_referral r
                 WHERE r.person_id = ANY (p.ids) OR r.recipient_person_id = ANY (p.ids))
        || array(SELECT q.id FROM coordination_request q WHERE q.person_id = ANY (p.ids)) END
    FROM people p;
$$;
REVOKE ALL ON FUNCTION messaging_blocked_subjects() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION messaging_blocked_subjects() TO waypost_web, waypost_system, waypost_owner;
CREATE POLICY messaging_notice_unblocked ON messaging_notice AS RESTRICTIVE FOR ALL TO waypost_web
    USING (NOT (subject_id = ANY ((SELECT messaging_blocked_subjects())::uuid[])));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0002_row_level_security"),
        ("referrals", "0007_instruments"),
        ("coordination", "0004_blocked_workers"),
    ]

    operations = [
        migrations.RunSQL(
            SUBJECTS,
            "DROP POLICY messaging_notice_unblocked ON messaging_notice; DROP FUNCTION messaging_blocked_subjects();",
        )
    ]
