"""Who reads the access table, who may write it (functions only), and what it opens in the people room."""

from django.db import migrations

from waypost.kernel import rls

ENDING = """
CREATE FUNCTION disclosure_end_access(p_source text, p_source_id uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE disclosure_access SET ends_at = now()
    WHERE source = p_source AND source_id = p_source_id AND holder_id = waypost_organization()
      AND (ends_at IS NULL OR ends_at > now());
$$;
CREATE FUNCTION disclosure_end_consent(p_consent uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM consent_consent c
        WHERE c.id = p_consent AND c.held_by_id = waypost_organization() AND c.status = 'revoked'
    ) THEN
        RAISE EXCEPTION 'no consent that this organization has ended' USING ERRCODE = '42501';
    END IF;
    UPDATE disclosure_access SET ends_at = now()
    WHERE consent_id = p_consent AND holder_id = waypost_organization()
      AND (ends_at IS NULL OR ends_at > now());
END;
$$;
REVOKE ALL ON FUNCTION disclosure_end_access(text, uuid), disclosure_end_consent(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION disclosure_end_access(text, uuid), disclosure_end_consent(uuid)
    TO waypost_web, waypost_system;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0001_initial"),
        ("people", "0002_row_level_security"),
        ("consent", "0002_row_level_security"),
    ]

    operations = [
        rls.protect("disclosure_access"),
        rls.policy(
            "disclosure_access",
            "party",
            using=f"recipient_id = {rls.ORGANIZATION} OR holder_id = {rls.ORGANIZATION}",
        ),
        migrations.RunSQL(
            "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON disclosure_access FROM waypost_web",
            "GRANT INSERT, UPDATE, DELETE ON disclosure_access TO waypost_web",
        ),
        *rls.own("disclosure_disclosure"),
        rls.append_only("disclosure_disclosure"),
        migrations.RunSQL(
            ENDING,
            "DROP FUNCTION disclosure_end_access(text, uuid); DROP FUNCTION disclosure_end_consent(uuid);",
        ),
        rls.shared("people_person", person="id"),
        rls.shared("people_contactpoint"),
    ]
