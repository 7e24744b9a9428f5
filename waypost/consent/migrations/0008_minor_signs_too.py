"""To some matters a young person says yes beside a parent (42 CFR 2.14(b)(1)): their name stands on the form."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consent", "0007_blocked_workers")]

    operations = [
        migrations.AddField(
            model_name="form",
            name="minor_signed_by",
            field=models.CharField(blank=True, db_default="", max_length=200),
        )
    ]
