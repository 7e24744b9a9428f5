"""What is left of a destroyed record is an empty row, which nobody sees."""

from django.db import migrations, models

from waypost.kernel import rls

MINE = f"held_by_id = {rls.ORGANIZATION}"
LIVE = f"{MINE} AND disposed_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [("people", "0007_name_words")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="disposed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(
            f"ALTER POLICY people_person_own ON people_person USING ({LIVE}) WITH CHECK ({LIVE})",
            f"ALTER POLICY people_person_own ON people_person USING ({MINE}) WITH CHECK ({MINE})",
        ),
    ]
