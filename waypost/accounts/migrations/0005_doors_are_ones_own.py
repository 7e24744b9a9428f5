"""A sign-in is seen and ended by its own user."""

from django.db import migrations

from waypost.kernel import rls

MINE = f"user_id = {rls.ACTOR}"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_open_doors")]

    operations = [
        rls.protect("accounts_door"),
        rls.policy("accounts_door", "own", command="ALL", using=MINE, check=MINE),
    ]
