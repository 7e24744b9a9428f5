"""Incidents and demands stand with the organization that took them in; steps are never changed."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("guarding", "0005_incident")]

    operations = [
        *rls.own("guarding_incident"),
        *rls.own("guarding_demand"),
        *rls.own("guarding_step"),
        rls.append_only("guarding_step"),
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON guarding_incident, guarding_demand FROM waypost_web, waypost_system",
            "GRANT DELETE ON guarding_incident, guarding_demand TO waypost_web, waypost_system",
        ),
    ]
