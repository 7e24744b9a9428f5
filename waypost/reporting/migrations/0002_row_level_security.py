"""Facts are read by sender, recipient and the network's integrator; jobs alone write them."""

from django.db import migrations

from waypost.kernel import rls

PARTY = f"sender_id = {rls.ORGANIZATION} OR recipient_id = {rls.ORGANIZATION}"
INTEGRATOR = (
    "(SELECT EXISTS (SELECT 1 FROM network_organization o"
    " WHERE o.id = waypost_organization() AND o.kind = 'integrator' AND o.active))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0001_initial"),
        ("kernel", "0002_row_level_security"),
        ("network", "0001_initial"),
    ]

    operations = [
        rls.protect("reporting_referralfact"),
        rls.policy("reporting_referralfact", "party", using=PARTY),
        rls.policy("reporting_referralfact", "integrator", using=INTEGRATOR),
        migrations.RunSQL(
            "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON reporting_referralfact FROM waypost_web",
            "GRANT INSERT, UPDATE, DELETE ON reporting_referralfact TO waypost_web",
        ),
    ]
