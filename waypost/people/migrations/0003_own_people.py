"""Rows about a person stand with whoever holds the person; who linked two records is the linker's own."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("people", "0002_row_level_security")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE people_person ADD CONSTRAINT people_person_and_holder UNIQUE (id, held_by_id)",
            "ALTER TABLE people_person DROP CONSTRAINT people_person_and_holder",
        ),
        rls.about_own_person("people_contactpoint"),
        rls.about_own_person("people_link"),
        # That another organization keeps a record of the same human is not the first one's to know.
        migrations.RunSQL(
            "DROP POLICY people_link_other ON people_link",
            "CREATE POLICY people_link_other ON people_link FOR SELECT TO waypost_web"
            f" USING (other_holder_id = {rls.ORGANIZATION})",
        ),
    ]
