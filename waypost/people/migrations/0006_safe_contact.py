"""How each way to reach somebody may be used safely, whose it is, and when a young person came of age."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_front_desk")]

    operations = [
        migrations.AddField(
            "contactpoint",
            "safety",
            models.CharField(
                blank=True,
                choices=[
                    ("", "Nothing special"),
                    ("ask_first", "Ask first whether it is a good moment"),
                    ("not_safe", "Not safe: do not use it"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            "contactpoint",
            "safe_hours",
            models.CharField(blank=True, db_default="", default="", max_length=100),
        ),
        migrations.AddField(
            "contactpoint",
            "code_word",
            models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            "contactpoint",
            "belongs_to",
            models.CharField(
                blank=True,
                choices=[("", "Their own"), ("parent", "A parent's or guardian's")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField("person", "of_age_at", models.DateTimeField(null=True)),
    ]
