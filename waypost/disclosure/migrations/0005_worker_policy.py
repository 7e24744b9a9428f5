"""An access for one worker is read by that worker and by the holder: to all others it opens nothing."""

from django.db import migrations

from waypost.kernel import rls

WAS = f"recipient_id = {rls.ORGANIZATION} OR holder_id = {rls.ORGANIZATION}"
MINE = f"recipient_id = {rls.ORGANIZATION} AND (worker_id IS NULL OR worker_id = {rls.ACTOR})"


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0004_access_for_a_worker")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY disclosure_access_party ON disclosure_access USING (({MINE}) OR holder_id = {rls.ORGANIZATION})",
            f"ALTER POLICY disclosure_access_party ON disclosure_access USING ({WAS})",
        ),
    ]
