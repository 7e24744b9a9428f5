"""A worker whom a person wants kept out sees nothing of the work with that person."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("coordination", "0003_own_people"), ("consent", "0007_blocked_workers")]

    operations = [
        rls.unblocked("coordination_request"),
        rls.unblocked("coordination_episode"),
        rls.unblocked("coordination_contactlog"),
        rls.unblocked("coordination_servicelog"),
    ]
