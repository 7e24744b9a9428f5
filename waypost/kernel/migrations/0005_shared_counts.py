"""Counts of tries at the door, shared by all processes of the site; nothing personal, and gone within minutes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_guarded_head")]

    operations = [
        migrations.RunSQL(
            "CREATE TABLE django_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL,"
            " expires timestamptz NOT NULL);"
            "CREATE INDEX django_cache_expires ON django_cache (expires)",
            "DROP TABLE django_cache",
        ),
    ]
