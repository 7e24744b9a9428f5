"""Everything of coordination is seen and written by the organization that holds it, and by nobody else."""

from django.db import migrations

from waypost.kernel.rls import own


class Migration(migrations.Migration):
    dependencies = [("coordination", "0001_initial"), ("kernel", "0002_row_level_security")]

    operations = [
        *own("coordination_request"),
        *own("coordination_episode"),
        *own("coordination_contactlog"),
        *own("coordination_servicelog"),
    ]
