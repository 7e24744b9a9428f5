"""Every row of this room about a person stands with whoever holds that person."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_row_level_security"), ("people", "0003_own_people")]

    operations = [
        rls.about_own_person("screening_response"),
        rls.about_own_person("screening_need"),
        rls.about_own_person("screening_needevent"),
        rls.read_only("screening_instrument"),
    ]
