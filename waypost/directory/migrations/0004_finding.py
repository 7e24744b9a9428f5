"""The table that the search reads, and triggers that note whose rows are to be made anew.

A trigger only writes down the services (one statement, one insert): it never makes a document. An import
of many rows so costs one short append a statement, and each service is made anew once, at the end.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import waypost.directory.models.finding
from django.db import migrations, models

OLD_TRIGGERS = """
DROP TRIGGER directory_attribute_delete_search ON directory_attribute;
DROP TRIGGER directory_attribute_update_search ON directory_attribute;
DROP TRIGGER directory_attribute_insert_search ON directory_attribute;
DROP TRIGGER directory_taxonomyterm_search ON directory_taxonomyterm;
DROP TRIGGER directory_organization_search ON directory_organization;
DROP TRIGGER directory_service_search ON directory_service;
DROP FUNCTION directory_refresh_services();
DROP FUNCTION directory_service_write();
DROP FUNCTION directory_service_document(directory_service);
"""
NOTE = """
CREATE FUNCTION directory_note_finding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'INSERT INTO directory_findingdue (service_id) SELECT DISTINCT q.id FROM (' || TG_ARGV[0]
    || ') q (id) WHERE q.id IS NOT NULL';
  RETURN NULL;
END $$;
"""
AT_PLACE = (
    "SELECT j.service_id FROM changed c JOIN directory_serviceatlocation j ON j.location_id = c.{place}"
    " UNION ALL SELECT s.id FROM changed c JOIN directory_location l ON l.id = c.{place}"
    " JOIN directory_service s ON s.organization_id = l.organization_id"
)
JOINT = (
    "SELECT j.service_id FROM changed c JOIN directory_serviceatlocation j ON j.id = c.service_at_location_id"
)
OWN = "SELECT c.service_id FROM changed c"
WHOSE = {
    "service": "SELECT c.id FROM changed c",
    "organization": "SELECT s.id FROM changed c JOIN directory_service s ON s.organization_id = c.id",
    "location": AT_PLACE.format(place="id")
    + " UNION ALL SELECT s.id FROM changed c JOIN directory_service s ON s.organization_id = c.organization_id",
    "serviceatlocation": OWN,
    "address": AT_PLACE.format(place="location_id"),
    "accessibility": AT_PLACE.format(place="location_id"),
    "schedule": f"{OWN} UNION ALL {JOINT} UNION ALL {AT_PLACE.format(place='location_id')}",
    "servicearea": f"{OWN} UNION ALL {JOINT}",
    "language": f"{OWN} UNION ALL {AT_PLACE.format(place='location_id')}",
    "costoption": OWN,
    "requireddocument": OWN,
    "attribute": "SELECT c.link_id FROM changed c",
    "taxonomyterm": (
        "SELECT a.link_id FROM directory_attribute a JOIN changed c ON c.id = a.taxonomy_term_id"
    ),
}
EVENTS = (("insert", "NEW"), ("update", "NEW"), ("update_old", "OLD"), ("delete", "OLD"))


def triggers() -> str:
    """For each table: what was there before counts as much as what is there now."""
    return NOTE + "".join(
        f"CREATE TRIGGER directory_{table}_{event}_finding AFTER {event.partition('_')[0].upper()}"
        f" ON directory_{table} REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT"
        f" EXECUTE FUNCTION directory_note_finding('{whose}');\n"
        for table, whose in WHOSE.items()
        for event, rows in EVENTS
    )


EVERYTHING = "INSERT INTO directory_findingdue (service_id) SELECT id FROM directory_service"


class Migration(migrations.Migration):
    """Findings, what is due, words; the document of a service goes."""

    dependencies = [
        ('directory', '0003_shared_columns'),
    ]

    operations = [
        migrations.RunSQL(OLD_TRIGGERS),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('service_id', models.UUIDField()),
                ('location_id', models.UUIDField(null=True)),
                ('name', models.TextField()),
                ('document', django.contrib.postgres.search.SearchVectorField()),
                ('name_document', django.contrib.postgres.search.SearchVectorField()),
                ('area_document', django.contrib.postgres.search.SearchVectorField()),
                ('need_categories', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
                ('state', models.TextField(default='')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None)),
                ('accessibility', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None)),
                ('situations', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None)),
                ('cost', models.TextField()),
                ('documents', models.TextField()),
                ('walk_in', models.BooleanField(null=True)),
                ('transit', models.BooleanField(null=True)),
                ('capacity', models.TextField()),
                ('capacity_until', models.DateField(null=True)),
                ('expires_on', models.DateField(null=True)),
                ('minimum_age', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ('maximum_age', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ('weekdays', models.IntegerField(null=True)),
                ('zone', models.TextField(default='')),
                ('open_spans', waypost.directory.models.finding.MomentsField(null=True)),
                ('confirmed_on', models.DateField(null=True)),
                ('doubted', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='FindingDue',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('service_id', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.TextField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='service',
            name='directory_service_words',
        ),
        migrations.RemoveField(
            model_name='service',
            name='search_document',
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['service_id'], name='directory_finding_service'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(condition=models.Q(('latitude__isnull', True)), fields=['state'], name='directory_finding_nowhere'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=django.contrib.postgres.indexes.GinIndex(fields=['document'], name='directory_finding_words'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=django.contrib.postgres.indexes.GinIndex(fields=['name_document'], name='directory_finding_names'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=django.contrib.postgres.indexes.GinIndex(fields=['area_document'], name='directory_finding_areas'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=django.contrib.postgres.indexes.GinIndex(fields=['need_categories'], name='directory_finding_needs'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=django.contrib.postgres.indexes.GistIndex(models.Func('longitude', 'latitude', function='point'), name='directory_finding_point'),
        ),
        migrations.AddIndex(
            model_name='word',
            index=django.contrib.postgres.indexes.GinIndex(fields=['word'], name='directory_word_alike', opclasses=['gin_trgm_ops']),
        ),
        migrations.RunSQL(triggers()),
        migrations.RunSQL(EVERYTHING),
    ]
