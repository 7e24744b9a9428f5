"""One index finds a listing by words, place and filters at once; counting choices reads one number.

Findings hold nothing of their own: they are emptied here, and made anew by the job that follows every write.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

EVERYTHING = """
TRUNCATE directory_finding;
TRUNCATE directory_findingdue;
INSERT INTO directory_findingdue (service_id) SELECT id FROM directory_service;
"""
# Common words and keys are known to the planner and to the weights of words; openings move every night
# without touching an index, when a page has room.
SETTINGS = """
ALTER TABLE directory_finding ALTER COLUMN document SET STATISTICS 300, ALTER COLUMN keys SET STATISTICS 300;
ALTER TABLE directory_finding SET (fillfactor = 80);
"""


class Migration(migrations.Migration):
    """Keys, facets and the heads of documents; five indexes become one."""

    dependencies = [
        ('directory', '0015_taxonomies'),
    ]

    operations = [
        migrations.RunSQL(EVERYTHING, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name='finding', name='directory_finding_nowhere'),
        migrations.RemoveIndex(model_name='finding', name='directory_finding_words'),
        migrations.RemoveIndex(model_name='finding', name='directory_finding_names'),
        migrations.RemoveIndex(model_name='finding', name='directory_finding_areas'),
        migrations.RemoveIndex(model_name='finding', name='directory_finding_needs'),
        migrations.RemoveIndex(model_name='finding', name='directory_finding_point'),
        migrations.RenameField(model_name='finding', old_name='name_document', new_name='head'),
        migrations.AddField(model_name='finding', name='near_latitude', field=models.FloatField(null=True)),
        migrations.AddField(model_name='finding', name='near_longitude', field=models.FloatField(null=True)),
        migrations.AddField(model_name='finding', name='contact_confirmed_on', field=models.DateField(null=True)),
        migrations.AddField(
            model_name='finding',
            name='keys',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.AddField(model_name='finding', name='facets', field=models.BigIntegerField(default=0)),
        migrations.AddIndex(
            model_name='finding',
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=['document', 'keys'], name='directory_finding_found'
            ),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=['area_document'], name='directory_finding_areas'
            ),
        ),
        migrations.RunSQL(SETTINGS, migrations.RunSQL.noop),
    ]
