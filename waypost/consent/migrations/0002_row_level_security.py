"""A consent is seen by the organization that recorded it; nobody deletes one."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial"), ("kernel", "0002_row_level_security")]

    operations = [
        *rls.own("consent_consent"),
        migrations.RunSQL(
            "REVOKE DELETE ON consent_consent FROM waypost_web, waypost_system",
            "GRANT DELETE ON consent_consent TO waypost_web, waypost_system",
        ),
    ]
