"""A counter tells how often something happened to others: that of emergencies' matches is read by nobody."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("guarding", "0008_own_amendments")]

    operations = [
        migrations.RunSQL(
            "REVOKE ALL ON SEQUENCE guarding_emergencymatch_id_seq FROM waypost_web",
            "GRANT USAGE, SELECT ON SEQUENCE guarding_emergencymatch_id_seq TO waypost_web",
        )
    ]
