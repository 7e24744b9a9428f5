"""Requests for copies and their files stand with the organization that took them in."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("guarding", "0003_copy")]

    operations = [*rls.own("guarding_copy"), *rls.own("guarding_copyfile")]
