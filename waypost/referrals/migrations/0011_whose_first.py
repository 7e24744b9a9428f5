"""Whose a referral is, is asked before anything else of it: a refusal says nothing of other people's consents.

A trigger that looks past the policies runs before them. Without this its words told whoever copied a row into
the table, with ids known from elsewhere, whether that consent is live.
"""

from importlib import import_module

from django.db import migrations

from waypost.kernel import rls

UNTIL = import_module("waypost.referrals.migrations.0005_until")
BEFORE: str = import_module("waypost.referrals.migrations.0008_own_request").GUARD
# The role is that of the connection: within the function it is the owner's. System roles act for nobody.
GUARD = UNTIL.changed(
    BEFORE,
    (
        "BEGIN\n",
        f"""BEGIN
    IF TG_OP = 'INSERT' AND NEW.held_by_id IS DISTINCT FROM {rls.ORGANIZATION}
       AND coalesce(nullif(current_setting('role'), 'none'), session_user) = 'waypost_web' THEN
        RAISE EXCEPTION 'new row violates row-level security policy for table "referrals_referral"'
            USING ERRCODE = '42501';
    END IF;
""",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_agreements_ended_early")]

    operations = [migrations.RunSQL(GUARD, BEFORE)]
