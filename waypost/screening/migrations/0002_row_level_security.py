"""Answers are seen by their holder alone; needs also by those to whom the access table shows them."""

from django.db import migrations

from waypost.kernel.rls import append_only, own, shared


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial"), ("disclosure", "0001_initial"), ("kernel", "0002_row_level_security")]

    operations = [
        *own("screening_response"),
        *own("screening_need"),
        shared("screening_need"),
        *own("screening_needevent"),
        append_only("screening_needevent"),
    ]
