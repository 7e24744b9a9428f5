"""A signed copy that was kept by mistake is withdrawn with a reason; the same file is kept once with an agreement.

The parties see it no more, the integrator sees that it was there. Nothing else of a copy can be changed in a page,
and what is withdrawn stays withdrawn.
"""

from django.db import migrations, models

TABLE = "network_agreement_copy"
COLUMNS = "withdrawn_at, withdrawn_by_id, withdrawn_by_name, withdrawn_why"
PARTY = """EXISTS (SELECT 1 FROM network_agreement_parties p
  WHERE p.agreement_id = network_agreement_copy.agreement_id
    AND p.organization_id = (SELECT waypost_organization()))"""

TWICE = f"""
UPDATE {TABLE} c SET withdrawn_at = now(), withdrawn_by_name = 'Waypost', withdrawn_why = 'The same file twice.'
WHERE EXISTS (SELECT 1 FROM {TABLE} e WHERE e.agreement_id = c.agreement_id AND e.digest = c.digest AND e.id < c.id)
"""

ONCE = f"""
CREATE FUNCTION network_copy_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'waypost_web' AND OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'a withdrawn copy stays withdrawn' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER {TABLE}_guard BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION network_copy_guard();
ALTER POLICY {TABLE}_read ON {TABLE} USING (network_is_integrator() OR (withdrawn_at IS NULL AND {PARTY}));
CREATE POLICY {TABLE}_withdraw ON {TABLE} FOR UPDATE TO waypost_web
    USING (network_is_integrator()) WITH CHECK (network_is_integrator() AND withdrawn_at IS NOT NULL);
GRANT UPDATE ({COLUMNS}) ON {TABLE} TO waypost_web;
"""

AS_BEFORE = f"""
REVOKE UPDATE ({COLUMNS}) ON {TABLE} FROM waypost_web;
DROP POLICY {TABLE}_withdraw ON {TABLE};
ALTER POLICY {TABLE}_read ON {TABLE} USING (network_is_integrator() OR {PARTY});
DROP TRIGGER {TABLE}_guard ON {TABLE};
DROP FUNCTION network_copy_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0016_who_reads_signed_copies")]

    operations = [
        migrations.AddField("agreementcopy", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddField("agreementcopy", "withdrawn_by_id", models.UUIDField(null=True)),
        migrations.AddField("agreementcopy", "withdrawn_by_name", models.CharField(blank=True, default="", max_length=200), preserve_default=False),
        migrations.AddField("agreementcopy", "withdrawn_why", models.CharField(blank=True, default="", max_length=300), preserve_default=False),
        migrations.RunSQL(TWICE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "agreementcopy",
            models.UniqueConstraint(
                fields=["agreement", "digest"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="network_agreement_copy_once",
            ),
        ),
        migrations.AddConstraint(
            "agreementcopy",
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_why=""),
                name="network_agreement_copy_says_why",
            ),
        ),
        migrations.RunSQL(ONCE, AS_BEFORE),
    ]
