"""Uniqueness is per holder: nobody learns from it that a stranger is known elsewhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0003_read_only"),
        ("people", "0003_own_people"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="link",
            name="people_link_once",
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("held_by", "person", "other_person_id"),
                name="people_link_once",
            ),
        ),
    ]
