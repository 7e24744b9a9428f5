"""Only the recipient names its own record of the person: the sender learns of no record that the recipient keeps.

Until now a sender that put an id there read from the refusal, or from its absence, whether the recipient keeps such
a record.
"""

from importlib import import_module

from django.db import migrations

from waypost.kernel import rls

UNTIL = import_module("waypost.referrals.migrations.0005_until")
BEFORE: str = import_module("waypost.referrals.migrations.0011_whose_first").GUARD
GUARD = UNTIL.changed(
    BEFORE,
    (
        "    IF NEW.recipient_person_id IS NOT NULL AND NOT EXISTS (",
        f"""    IF NEW.recipient_person_id IS NOT NULL AND NEW.recipient_id IS DISTINCT FROM {rls.ORGANIZATION}
       AND (TG_OP = 'INSERT' OR NEW.recipient_person_id IS DISTINCT FROM OLD.recipient_person_id)
       AND coalesce(nullif(current_setting('role'), 'none'), session_user) = 'waypost_web' THEN
        RAISE EXCEPTION 'the recipient''s own record is named by the recipient' USING ERRCODE = '42501';
    END IF;
    IF NEW.recipient_person_id IS NOT NULL AND NOT EXISTS (""",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0011_whose_first")]

    operations = [migrations.RunSQL(GUARD, BEFORE)]
