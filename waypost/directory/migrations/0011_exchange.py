"""Exports, and when a service last changed: for those who fetch only what is new.

The triggers of the search note a service when it or what the search reads of it changes; here the tables
that it does not read are added, because somebody who fetches changes wants a new phone number too.
"""

import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models


AT_PLACE = (
    " UNION ALL SELECT j.service_id FROM changed c JOIN directory_serviceatlocation j ON j.location_id = c.location_id"
)
JOINT = (
    " UNION ALL SELECT j.service_id FROM changed c"
    " JOIN directory_serviceatlocation j ON j.id = c.service_at_location_id"
)
OWNER = (
    " UNION ALL SELECT s.id FROM changed c JOIN directory_service s ON s.organization_id = c.organization_id"
)
OWN = "SELECT c.service_id FROM changed c"
WHOSE = {
    "phone": OWN + JOINT + AT_PLACE + OWNER,
    "contact": OWN + JOINT + AT_PLACE + OWNER,
    "url": OWN + OWNER,
    "funding": OWN + OWNER,
    "servicecapacity": OWN,
    "metadata": "SELECT c.resource_id FROM changed c JOIN directory_service s ON s.id = c.resource_id",
    "program": "SELECT s.id FROM changed c JOIN directory_service s ON s.program_id = c.id",
}
EVENTS = (("insert", "NEW"), ("update", "NEW"), ("update_old", "OLD"), ("delete", "OLD"))
TRIGGERS = "".join(
    f"CREATE TRIGGER directory_{table}_{event}_finding AFTER {event.partition('_')[0].upper()}"
    f" ON directory_{table} REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT"
    f" EXECUTE FUNCTION directory_note_finding('{whose}');\n"
    for table, whose in WHOSE.items()
    for event, rows in EVENTS
)
DROP = "".join(
    f"DROP TRIGGER directory_{table}_{event}_finding ON directory_{table};\n"
    for table in WHOSE
    for event, _rows in EVENTS
)
SEARCH = """
CREATE INDEX directory_organization_words ON directory_organization
  USING gin (to_tsvector('waypost_english', left(name || ' ' || alternate_name || ' ' || description, 50000)));
"""
KNOWN = """
INSERT INTO directory_servicechange (service_id, changed_at)
SELECT id, coalesce(imported_at, now()) FROM directory_service;
"""


class Migration(migrations.Migration):
    """Exports and changes."""

    dependencies = [
        ('directory', '0010_upkeep'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(choices=[('tabular', 'Tables (CSV) in a zip'), ('json', 'One JSON file'), ('ndjson', 'One JSON object a line')], max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Being written'), ('done', 'Ready'), ('failed', 'Failed'), ('cleared', 'Cleared away')], default='waiting', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('rows_done', models.BigIntegerField(default=0)),
                ('rows_total', models.BigIntegerField(default=0)),
                ('file_name', models.TextField(blank=True, default='')),
                ('size', models.BigIntegerField(default=0)),
                ('problem', models.TextField(blank=True, default='')),
            ],
        ),
        migrations.CreateModel(
            name='ServiceChange',
            fields=[
                ('service_id', models.UUIDField(primary_key=True, serialize=False)),
                ('changed_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='metadata',
            index=models.Index(fields=['resource_id'], name='directory_m_resourc_dc09cc_idx'),
        ),
        migrations.AddField(
            model_name='export',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='export',
            index=models.Index(fields=['-asked_at'], name='directory_export_newest'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['tabular', 'json', 'ndjson'])), name='directory_export_form'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed', 'cleared'])), name='directory_export_state'),
        ),
        migrations.RunSQL(TRIGGERS, DROP),
        migrations.RunSQL(SEARCH, "DROP INDEX directory_organization_words"),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
