"""An emergency opens nothing to a worker whom the person wants kept out, and looks to them like a miss.

Two records that the same facts mean stay two: a record kept from this worker still makes a match ambiguous.
"""

from importlib import import_module

from django.db import migrations

GUARDS = import_module("waypost.guarding.migrations.0002_emergency_guards")

ONE = "GROUP BY f.held_by_id HAVING count(*) = 1;"
MATCH = GUARDS.FUNCTIONS.partition("CREATE FUNCTION guarding_open_emergency")[0].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
if ONE not in MATCH:
    raise RuntimeError(f"not in the function: {ONE}")
NOW = MATCH.replace(
    ONE, ONE.removesuffix(";") + "\n        AND NOT bool_or(f.id = ANY (consent_blocked_people()));"
)


class Migration(migrations.Migration):
    dependencies = [("guarding", "0009_quiet_counter"), ("consent", "0007_blocked_workers")]

    operations = [migrations.RunSQL(NOW, MATCH)]
