"""How an organization's referrers begin a session: with initials only, or with names."""

import django.db.models.deletion
from django.db import migrations, models

import waypost.kernel.clock
import waypost.kernel.ids
from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("people", "0004_unique_per_holder"), ("network", "0003_read_only")]

    operations = [
        migrations.CreateModel(
            name="FrontDesk",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("referrers", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField(default=waypost.kernel.clock.now)),
                (
                    "held_by",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.organization",
                    ),
                ),
            ],
        ),
        *rls.own("people_frontdesk"),
    ]
