"""The database asks what the captured form serves; whom a person wants kept out is told nothing, and sees nothing.

The same as ``disclosure.rules``: spoken never opens what wants a form; a block stands whatever is agreed later;
a refusal may be for one purpose, or for answers alone.
"""

from importlib import import_module

from django.db import migrations, models

from waypost.kernel import rls

UNTIL = import_module("waypost.referrals.migrations.0005_until")

BASIS = UNTIL.changed(
    UNTIL.BASIS,
    (
        "(c.captured = 'written' OR NOT v_strict)",
        "'consent' = ANY (c.serves)"
        " AND (cardinality(r.sensitivities) = 0 OR 'written' = ANY (c.serves))"
        " AND (v_from <> 'part2_program' OR c.serves && ARRAY['part2', 'part2_tpo']::varchar[])"
        " AND (v_from <> 'school' OR 'ferpa' = ANY (c.serves))",
    ),
    (
        "AND n.status = 'active' AND n.starts_at >= c.starts_at",
        "AND n.status = 'active' AND NOT n.only_back"
        " AND (n.purposes = '{}' OR 'care_coordination' = ANY (n.purposes)) AND n.starts_at >= c.starts_at",
    ),
    (
        "    ELSIF r.basis = 'consent' THEN",
        """    ELSIF EXISTS (
        SELECT 1 FROM consent_consent b
        WHERE b.person_id = r.person_id AND b.held_by_id = r.held_by_id AND b.decision = 'blocked'
          AND b.status = 'active' AND r.recipient_id = ANY (b.recipient_ids)) THEN
        RAISE EXCEPTION 'no basis: the person wants this organization kept out' USING ERRCODE = '42501';
    ELSIF r.basis = 'consent' THEN""",
    ),
)
GUARD = UNTIL.changed(
    UNTIL.GUARD,
    (
        "IF OLD.sharing_ended_at IS NULL AND OLD.may_reply",
        "IF OLD.sharing_ended_at IS NULL AND OLD.may_reply AND OLD.reply_ended_at IS NULL",
    ),
)
ADDED = UNTIL.changed(UNTIL.ADDED, ("r.may_reply AND", "r.may_reply AND r.reply_ended_at IS NULL AND"))


def added(table: str) -> list[object]:
    """Nothing is answered once the person wants no more answers."""
    return [
        migrations.RunSQL(f"DROP POLICY {table}_add ON {table}", migrations.RunSQL.noop),
        rls.policy(table, "add", command="INSERT", check=ADDED.format(table=table)),
    ]


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_kept_by"), ("consent", "0007_blocked_workers")]

    operations = [
        migrations.AddField("referral", "reply_ended_at", models.DateTimeField(null=True)),
        migrations.RunSQL(BASIS, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        *added("referrals_referralevent"),
        *added("referrals_report"),
        rls.unblocked("referrals_referral", also="recipient_person_id"),
    ]
