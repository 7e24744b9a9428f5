"""An agreement that is ended early counts for nothing from that moment on, not from the next day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0017_withdrawn_copies")]

    operations = [migrations.AddField("agreement", "ended_at", models.DateTimeField(null=True))]
