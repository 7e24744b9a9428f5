"""One index for words, keys and areas: an area that few name is never intersected with all that hold a word.

Samples are a part of the keys for what is fresh and what has no point. The keys' spelling changes: findings are emptied here, and made anew by the job that follows every write.
"""

import django.contrib.postgres.indexes
from django.db import migrations

EVERYTHING = """
TRUNCATE directory_finding;
TRUNCATE directory_findingdue;
INSERT INTO directory_findingdue (service_id) SELECT id FROM directory_service;
"""


class Migration(migrations.Migration):
    """The keys and the index that the search reads."""

    dependencies = [
        ('directory', '0021_places'),
    ]

    operations = [
        migrations.RunSQL(EVERYTHING, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name='finding', name='directory_finding_areas'),
        migrations.RemoveIndex(model_name='finding', name='directory_finding_found'),
        migrations.AddIndex(
            model_name='finding',
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=['document', 'keys', 'area_document'], name='directory_finding_found'
            ),
        ),
    ]
