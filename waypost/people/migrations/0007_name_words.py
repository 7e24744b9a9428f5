"""The words of names, keyed by organization, so that a misspelt name is found among one's own people."""

import django.db.models.deletion
from django.db import migrations, models

from waypost.kernel import rls

WORDS = """
CREATE FUNCTION people_note_name_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM people_nameword WHERE person_id = NEW.id;
    END IF;
    INSERT INTO people_nameword (held_by_id, word, person_id)
    SELECT DISTINCT NEW.held_by_id, left(w, 60), NEW.id
    FROM regexp_split_to_table(NEW.search_words, '[ ''’-]+') w
    WHERE w <> '' AND w !~ '[0-9]';
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION people_note_name_words() FROM PUBLIC;
CREATE TRIGGER people_person_name_words AFTER INSERT OR UPDATE OF search_words, held_by_id ON people_person
    FOR EACH ROW EXECUTE FUNCTION people_note_name_words();
INSERT INTO people_nameword (held_by_id, word, person_id)
    SELECT DISTINCT p.held_by_id, left(w, 60), p.id
    FROM people_person p, regexp_split_to_table(p.search_words, '[ ''’-]+') w
    WHERE w <> '' AND w !~ '[0-9]';
"""
DROP = "DROP TRIGGER people_person_name_words ON people_person; DROP FUNCTION people_note_name_words();"


class Migration(migrations.Migration):
    dependencies = [("network", "0003_read_only"), ("people", "0006_safe_contact"), ("consent", "0007_blocked_workers")]

    operations = [
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "held_by_id", "word", "person_id", blank=True, editable=False, primary_key=True,
                        serialize=False,
                    ),
                ),
                ("word", models.CharField(max_length=60)),
                (
                    "held_by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to="network.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        *rls.own("people_nameword"),
        rls.about_own_person("people_nameword"),
        rls.unblocked("people_nameword"),
        migrations.RunSQL(WORDS, DROP),
    ]  # fmt: skip
