"""A membership is seen by its own user and by the organization it is in."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial"), ("kernel", "0002_row_level_security")]

    operations = [
        rls.protect("network_membership"),
        rls.policy(
            "network_membership",
            "own",
            using=f"user_id = {rls.ACTOR} OR organization_id = {rls.ORGANIZATION}",
        ),
    ]
