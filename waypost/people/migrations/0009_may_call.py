"""A number may be for texts alone: whether a call is fine is said for each way to reach somebody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_person_disposed_at")]

    operations = [
        migrations.AddField(
            "contactpoint", "may_call", models.BooleanField(db_default=True, default=True)
        )
    ]
