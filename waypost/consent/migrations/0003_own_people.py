"""Every row of this room about a person stands with whoever holds that person."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_row_level_security"), ("people", "0003_own_people")]

    operations = [
        rls.about_own_person("consent_consent"),
    ]
