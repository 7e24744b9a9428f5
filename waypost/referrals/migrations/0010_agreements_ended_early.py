"""The database, too, opens nothing on an agreement between organizations that was ended early."""

from importlib import import_module

from django.db import migrations

UNTIL = import_module("waypost.referrals.migrations.0005_until")
BEFORE: str = import_module("waypost.referrals.migrations.0008_own_request").BASIS
BASIS = UNTIL.changed(BEFORE, ("a.signed_on IS NOT NULL AND", "a.signed_on IS NOT NULL AND a.ended_at IS NULL AND"))


class Migration(migrations.Migration):
    dependencies = [("referrals", "0009_one_side_gone"), ("network", "0018_ended_early")]

    operations = [migrations.RunSQL(BASIS, BEFORE)]
