"""A worker whom a person wants kept out sees nothing of what that person answered or needs."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("screening", "0004_unique_per_holder"), ("consent", "0007_blocked_workers")]

    operations = [
        rls.unblocked("screening_response"),
        rls.unblocked("screening_need"),
        rls.unblocked("screening_needevent"),
    ]
