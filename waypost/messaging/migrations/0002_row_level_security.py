"""Notices are read by the organization they went to and written by jobs; a reader marks his own as read."""

from django.db import migrations

from waypost.kernel import rls

MINE = f"held_by_id = {rls.ORGANIZATION}"
BY_ME = f"{MINE} AND user_id = {rls.ACTOR}"


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial"), ("kernel", "0002_row_level_security")]

    operations = [
        rls.protect("messaging_notice"),
        rls.policy("messaging_notice", "own", using=f"{MINE} AND (user_id IS NULL OR user_id = {rls.ACTOR})"),
        rls.protect("messaging_noticeread"),
        rls.policy("messaging_noticeread", "own", command="ALL", using=BY_ME, check=BY_ME),
        rls.protect("messaging_delivery"),
    ]
