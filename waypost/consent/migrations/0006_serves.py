"""What each consent serves is kept with it; a paper that nobody else has seen serves nothing.

What was recorded before is taken for what the gate took it for: spoken is a consent, signed has also the
elements of 42 CFR 2.31(a).
"""

import django.db.models
from django.db import migrations, models

from waypost.kernel import rls

BEFORE = """
DROP TRIGGER consent_guard ON consent_consent;
UPDATE consent_consent SET wanted = '{consent}', serves = '{consent}'
    WHERE decision = 'agreed' AND captured = 'spoken';
UPDATE consent_consent SET wanted = '{consent,part2,written}', serves = '{consent,part2,written}'
    WHERE decision = 'agreed' AND captured <> 'spoken';
"""

GUARD = """
CREATE OR REPLACE FUNCTION consent_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v_may text[] := ARRAY[]::text[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.status IN ('active', 'waiting') AND NEW.status = 'revoked' THEN
            v_may := ARRAY['status', 'revoked_at', 'revoked_by_name', 'recalled_referrals', 'serves'];
        ELSIF OLD.status = 'waiting' AND NEW.status IN ('active', 'sent_back') THEN
            v_may := ARRAY['status', 'serves'];
        ELSIF OLD.status = 'active' AND NEW.status = 'active' THEN
            v_may := ARRAY['told_soon_at', 'told_ended_at'];
        END IF;
        IF (to_jsonb(OLD) - v_may) IS DISTINCT FROM (to_jsonb(NEW) - v_may)
           OR (NEW.status = 'revoked' AND NOT NEW.serves <@ OLD.serves) THEN
            RAISE EXCEPTION 'what a person said is not changed afterwards' USING ERRCODE = '42501';
        END IF;
    END IF;
    IF NEW.status = 'active' AND NEW.captured = 'scan' AND NOT EXISTS (
        SELECT 1 FROM consent_form f
        WHERE f.id = NEW.form_id AND f.person_id = NEW.person_id AND f.status = 'active'
          AND f.verified_by_id IS NOT NULL AND f.verified_by_id IS DISTINCT FROM f.recorded_by_id)
    THEN
        RAISE EXCEPTION 'a paper counts once somebody else has looked at it' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER consent_guard BEFORE INSERT OR UPDATE ON consent_consent
    FOR EACH ROW EXECUTE FUNCTION consent_guard();

CREATE FUNCTION consent_form_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v_may text[] := ARRAY['status', 'elements', 'confirmed', 'verified_by_id', 'verified_by_name',
                              'verified_at', 'sent_back_words'];
BEGIN
    IF OLD.status <> 'waiting' OR (to_jsonb(OLD) - v_may) IS DISTINCT FROM (to_jsonb(NEW) - v_may) THEN
        RAISE EXCEPTION 'a form is not changed afterwards' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER consent_form_guard BEFORE UPDATE ON consent_form
    FOR EACH ROW EXECUTE FUNCTION consent_form_guard();
"""

# What is kept is never deleted; a file may be sealed anew by the system's role, and nothing else.
KEPT = """
REVOKE DELETE, TRUNCATE ON consent_form, consent_keptfile, consent_copy FROM waypost_web, waypost_system;
REVOKE UPDATE ON consent_keptfile, consent_copy FROM waypost_web, waypost_system;
GRANT UPDATE (sealed) ON consent_keptfile TO waypost_system;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0005_forms")]

    operations = [
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        *rls.own("consent_form"),
        *rls.own("consent_keptfile"),
        *rls.own("consent_copy"),
        rls.about_own_person("consent_form"),
        rls.about_own_person("consent_keptfile"),
        rls.about_own_person("consent_copy"),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='consent',
            name='consent_agreed_names_topics',
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'agreed'), _negated=True), models.Q(('topics', []), _negated=True), _connector='OR'), name='consent_agreed_names_topics'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('captured', 'spoken'), _negated=True), ('serves__contained_by', ['consent']), _connector='OR'), name='consent_spoken_serves_as_consent_alone'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'agreed'), ('status', 'active'), _negated=True), ('serves__contains', ['consent']), _connector='OR'), name='consent_defective_is_never_active'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['waiting', 'sent_back']), _negated=True), ('serves', []), _connector='OR'), name='consent_unseen_serves_nothing'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'blocked'), _negated=True), models.Q(('recipient_ids', []), _negated=True), models.Q(('worker_ids', []), _negated=True), _connector='OR'), name='consent_block_names_somebody'),
        ),
    ]
