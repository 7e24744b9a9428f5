"""A signed copy is read by the parties of its agreement and by the integrator, who adds it; never changed in a page."""

from django.db import migrations

from waypost.kernel import rls

PARTY = f"""EXISTS (SELECT 1 FROM network_agreement_parties p
  WHERE p.agreement_id = network_agreement_copy.agreement_id AND p.organization_id = {rls.ORGANIZATION})"""
TABLE = "network_agreement_copy"


class Migration(migrations.Migration):
    dependencies = [("network", "0015_signed_copies")]

    operations = [
        rls.protect(TABLE),
        rls.policy(TABLE, "read", using=f"network_is_integrator() OR {PARTY}"),
        rls.policy(TABLE, "add", command="INSERT", check="network_is_integrator()"),
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {TABLE} FROM waypost_web; REVOKE DELETE, TRUNCATE ON {TABLE} FROM waypost_system",
            f"GRANT UPDATE, DELETE ON {TABLE} TO waypost_web; GRANT DELETE ON {TABLE} TO waypost_system",
        ),
    ]
