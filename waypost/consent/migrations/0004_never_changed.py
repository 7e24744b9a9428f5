"""What a person said is never changed afterwards but for being taken back, once."""

from django.db import migrations

GUARD = """
CREATE FUNCTION consent_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v_ending text[] := ARRAY['status', 'revoked_at', 'revoked_by_name', 'recalled_referrals'];
BEGIN
    IF OLD.status <> 'active' OR (to_jsonb(OLD) - v_ending) IS DISTINCT FROM (to_jsonb(NEW) - v_ending) THEN
        RAISE EXCEPTION 'what a person said is not changed afterwards' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER consent_guard BEFORE UPDATE ON consent_consent FOR EACH ROW EXECUTE FUNCTION consent_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_own_people")]

    operations = [
        migrations.RunSQL(GUARD, "DROP TRIGGER consent_guard ON consent_consent; DROP FUNCTION consent_guard();")
    ]
