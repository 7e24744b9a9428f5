"""Uniqueness is per holder: nobody learns from it that a stranger is known elsewhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0003_read_only"),
        ("people", "0004_unique_per_holder"),
        ("screening", "0003_own_people"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="need",
            name="screening_need_open_once",
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "open")),
                fields=("held_by", "person", "category"),
                name="screening_need_open_once",
            ),
        ),
    ]
