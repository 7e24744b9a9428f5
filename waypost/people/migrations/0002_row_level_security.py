"""People are seen by the organization that holds them; sharing is added by the disclosure room."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("kernel", "0002_row_level_security")]

    operations = [
        *rls.own("people_person"),
        *rls.own("people_contactpoint"),
        *rls.own("people_link"),
        rls.policy("people_link", "other", using=f"other_holder_id = {rls.ORGANIZATION}"),
    ]
