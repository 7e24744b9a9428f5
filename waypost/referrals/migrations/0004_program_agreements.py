"""Which agreement opens what: a qualified service organization's for a substance use program alone.

The same as ``disclosure.rules``: 42 CFR 2.12(c)(4); a data sharing or business associate agreement opens
nothing that is especially sensitive.
"""

from importlib import import_module

from django.db import migrations

BEFORE: str = import_module("waypost.referrals.migrations.0003_guards").BASIS
OLD_BRANCH = "ELSIF r.basis = 'agreement' AND NOT v_strict THEN"
OLD_KINDS = "WHERE a.kind IN ('data_sharing', 'baa', 'qsoa') AND"
NEW_BRANCH = "ELSIF r.basis = 'agreement' THEN"
NEW_KINDS = """WHERE ((a.kind IN ('data_sharing', 'baa') AND NOT v_strict)
                   OR (a.kind = 'qsoa' AND v_from = 'part2_program'
                       AND r.sensitivities <@ ARRAY['substance_use', 'part2_record']::varchar[])) AND"""


def again(body: str) -> str:
    """The statement that puts another body in the place of the function's."""
    return body.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


def now() -> str:
    """The function as it stands from here on."""
    if OLD_BRANCH not in BEFORE or OLD_KINDS not in BEFORE:
        raise RuntimeError("the function is not the one that this migration was written for")
    return again(BEFORE.replace(OLD_BRANCH, NEW_BRANCH).replace(OLD_KINDS, NEW_KINDS))


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_guards")]

    operations = [migrations.RunSQL(now(), again(BEFORE))]
