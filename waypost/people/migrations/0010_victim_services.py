"""A victim-service provider registers nobody here (28 CFR 90.4), whatever page or statement tries to."""

from django.db import migrations

NOBODY = """
CREATE POLICY people_person_no_victim_service ON people_person AS RESTRICTIVE FOR INSERT TO waypost_web
    WITH CHECK (NOT EXISTS (SELECT 1 FROM network_organization o
                            WHERE o.id = held_by_id AND o.legal_status = 'victim_service'))
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0009_may_call"), ("network", "0001_initial")]

    operations = [
        migrations.RunSQL(NOBODY, "DROP POLICY people_person_no_victim_service ON people_person"),
    ]
