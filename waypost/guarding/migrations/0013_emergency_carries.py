"""What an emergency opens at a Part 2 program carries the notice, and the accounting says so."""

from importlib import import_module

from django.db import migrations

GUARDS = import_module("waypost.guarding.migrations.0002_emergency_guards")

_, _name, _rest = GUARDS.FUNCTIONS.partition("CREATE FUNCTION guarding_open_emergency")
BEFORE = "CREATE OR REPLACE FUNCTION guarding_open_emergency" + _rest.partition("CREATE FUNCTION")[0]
CHANGES = (
    ("source, source_id, at, actor_name)", "source, source_id, at, actor_name, carries)"),
    (
        "'emergency', e.id, now(), e.user_name);\n    INSERT INTO kernel_auditentry",
        "'emergency', e.id, now(), e.user_name,\n            CASE WHEN theirs.legal_status = 'part2_program'"
        " THEN ARRAY['part2_notice'] ELSE '{}' END);\n    INSERT INTO kernel_auditentry",
    ),
)


def _now() -> str:
    found = BEFORE
    for old, new in CHANGES:
        if found.count(old) != 1:
            raise RuntimeError(f"not once in the function: {old}")
        found = found.replace(old, new)
    return found


class Migration(migrations.Migration):
    dependencies = [("guarding", "0012_destroying"), ("disclosure", "0003_carries")]

    operations = [migrations.RunSQL(_now(), BEFORE)]
