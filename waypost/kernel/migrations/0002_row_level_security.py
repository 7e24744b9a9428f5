"""The functions that policies ask for whom this transaction works, and the kernel's own policies."""

from django.db import migrations

from waypost.kernel import rls

SETTING_FUNCTIONS = """
CREATE FUNCTION waypost_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('waypost.organization', true), '')::uuid $$;
CREATE FUNCTION waypost_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('waypost.actor', true), '')::uuid $$;
"""

MINE_OR_NOBODYS = f"(held_by = {rls.ORGANIZATION} OR held_by IS NULL)"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(
            SETTING_FUNCTIONS, "DROP FUNCTION waypost_organization(); DROP FUNCTION waypost_actor();"
        ),
        rls.protect("kernel_event"),
        rls.policy("kernel_event", "own", using=f"held_by = {rls.ORGANIZATION}"),
        rls.policy("kernel_event", "add", command="INSERT", check=MINE_OR_NOBODYS),
        rls.append_only("kernel_event"),
        rls.protect("kernel_auditentry"),
        rls.policy("kernel_auditentry", "own", using=f"held_by = {rls.ORGANIZATION}"),
        rls.policy("kernel_auditentry", "add", command="INSERT", check=MINE_OR_NOBODYS),
        rls.append_only("kernel_auditentry"),
        rls.protect("kernel_auditseal"),
        rls.append_only("kernel_auditseal"),
        migrations.RunSQL(
            "REVOKE INSERT ON kernel_auditseal FROM waypost_web",
            "GRANT INSERT ON kernel_auditseal TO waypost_web",
        ),
        migrations.RunSQL(
            "CREATE INDEX kernel_auditentry_subjects ON kernel_auditentry USING gin (subject_ids)",
            "DROP INDEX kernel_auditentry_subjects",
        ),
    ]
