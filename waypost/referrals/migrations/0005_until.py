"""A referral keeps until when it may tell: the end of the agreement on which it was sent."""

from importlib import import_module

from django.db import migrations, models

from waypost.kernel import rls

GUARDS = import_module("waypost.referrals.migrations.0003_guards")
PROGRAMS = import_module("waypost.referrals.migrations.0004_program_agreements")


def changed(body: str, *pairs: tuple[str, str]) -> str:
    """The statement with other parts; raises where a part is not there."""
    for old, new in pairs:
        if old not in body:
            raise RuntimeError(f"not in the function: {old}")
        body = body.replace(old, new)
    return body


BASIS = changed(
    PROGRAMS.now(),
    (
        "IF NOT EXISTS (\n            SELECT 1 FROM network_agreement a",
        "SELECT max(coalesce(a.valid_to + 2, 'infinity'::date)) INTO v_until FROM network_agreement a",
    ),
    (
        "IN (r.held_by_id, r.recipient_id)))\n        THEN",
        "IN (r.held_by_id, r.recipient_id))\n        HAVING count(*) > 0;\n        IF NOT FOUND THEN",
    ),
    ("RETURN v_until;", "RETURN nullif(v_until, 'infinity');"),
)
OPENING = changed(
    PROGRAMS.again(GUARDS.OPENING) if "OR REPLACE" not in GUARDS.OPENING else GUARDS.OPENING,
    ("least(r.sent_at, now()), v_until)", "least(r.sent_at, now()), least(v_until, r.sharing_until))"),
)
GUARD = changed(
    PROGRAMS.again(GUARDS.GUARD.partition("CREATE TRIGGER")[0]),
    ("'may_reply', 'sent_at', 'sender_name'", "'may_reply', 'sent_at', 'sender_name', 'sharing_until'"),
    (
        "IF OLD.sharing_ended_at IS NULL AND OLD.may_reply THEN",
        "IF OLD.sharing_ended_at IS NULL AND OLD.may_reply"
        " AND (OLD.sharing_until IS NULL OR NEW.moved_at < OLD.sharing_until) THEN",
    ),
)
FOLLOWING = changed(
    PROGRAMS.again(GUARDS.FOLLOWING.partition("CREATE TRIGGER")[0]),
    ("now(), referrals_basis(NEW));", "now(), least(referrals_basis(NEW), NEW.sharing_until));"),
)
ENDS = "least(coalesce(r.sharing_ended_at, 'infinity'), coalesce(r.sharing_until, 'infinity'))"
SEEN = changed(
    GUARDS.SEEN,
    (" OR r.sharing_ended_at IS NULL OR {table}.at <= r.sharing_ended_at", " OR {table}.at <= " + ENDS),
)
ADDED = changed(
    GUARDS.ADDED, ("r.sharing_ended_at IS NULL", "r.sharing_ended_at IS NULL AND {table}.at < " + ENDS)
)
UNTIL = """
UPDATE referrals_referral r SET sharing_until = c.ends_at
  FROM consent_consent c WHERE c.id = r.consent_id AND r.status <> 'draft' AND c.ends_at IS NOT NULL
"""


def history(table: str) -> list[object]:
    """Nothing new flows once the agreement is over."""
    return [
        migrations.RunSQL(f"DROP POLICY {table}_party ON {table}", migrations.RunSQL.noop),
        migrations.RunSQL(f"DROP POLICY {table}_add ON {table}", migrations.RunSQL.noop),
        rls.policy(table, "party", using=SEEN.format(table=table)),
        rls.policy(table, "add", command="INSERT", check=ADDED.format(table=table)),
    ]


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_program_agreements")]

    operations = [
        migrations.AddField("referral", "sharing_until", models.DateTimeField(null=True)),
        migrations.RunSQL(BASIS, migrations.RunSQL.noop),
        migrations.RunSQL(OPENING, migrations.RunSQL.noop),
        migrations.RunSQL(UNTIL, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(FOLLOWING, migrations.RunSQL.noop),
        *history("referrals_referralevent"),
        *history("referrals_report"),
    ]
