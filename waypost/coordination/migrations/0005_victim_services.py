"""A victim-service provider names nobody here (28 CFR 90.4): it asks for no coordinator through these pages."""

from django.db import migrations

NOBODY = """
CREATE POLICY coordination_request_no_victim_service ON coordination_request
    AS RESTRICTIVE FOR INSERT TO waypost_web
    WITH CHECK (NOT EXISTS (SELECT 1 FROM network_organization o
                            WHERE o.id = held_by_id AND o.legal_status = 'victim_service'))
"""


class Migration(migrations.Migration):
    dependencies = [("coordination", "0004_blocked_workers"), ("network", "0001_initial")]

    operations = [
        migrations.RunSQL(NOBODY, "DROP POLICY coordination_request_no_victim_service ON coordination_request"),
    ]
