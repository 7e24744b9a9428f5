"""A training is written and read by its own user; rows are added, never changed."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_people_come_in"), ("kernel", "0002_row_level_security")]

    operations = [
        rls.protect("accounts_training"),
        rls.policy("accounts_training", "own", using=f"user_id = {rls.ACTOR}"),
        rls.policy("accounts_training", "add", command="INSERT", check=f"user_id = {rls.ACTOR}"),
        rls.append_only("accounts_training"),
    ]
