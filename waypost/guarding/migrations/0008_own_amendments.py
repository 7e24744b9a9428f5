"""Requests to correct a record stand with the organization that holds it, and are not deleted."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("guarding", "0007_amendment")]

    operations = [
        *rls.own("guarding_amendment"),
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON guarding_amendment FROM waypost_web, waypost_system",
            "GRANT DELETE ON guarding_amendment TO waypost_web, waypost_system",
        ),
    ]
