"""The person is there and asks for exactly this: a basis of its own, for this once, that opens nothing more.

45 CFR 164.510(b)(2)(i). Never for a program for alcohol or drugs, a school, or especially sensitive matters; it
goes past a wish to keep the organization out, and never past a refusal.
"""

from importlib import import_module

from django.db import migrations, models

UNTIL = import_module("waypost.referrals.migrations.0005_until")
INSTRUMENTS = import_module("waypost.referrals.migrations.0007_instruments")

BASIS = UNTIL.changed(
    INSTRUMENTS.BASIS,
    (
        "    ELSIF EXISTS (\n        SELECT 1 FROM consent_consent b",
        """    ELSIF r.basis = 'own_request' THEN
        IF v_strict OR v_from = 'school' OR r.asked_at IS NULL OR r.may_reply
           OR NOT r.topics <@ ARRAY['identity', 'contact', r.category]::varchar[]
           OR EXISTS (
               SELECT 1 FROM consent_consent n
               WHERE n.person_id = r.person_id AND n.held_by_id = r.held_by_id AND n.decision = 'prefers_not'
                 AND n.status = 'active' AND NOT n.only_back
                 AND (n.purposes = '{}' OR 'care_coordination' = ANY (n.purposes)) AND n.starts_at <= r.sent_at
                 AND (n.topics = '{}' OR n.topics && r.topics)
                 AND (n.recipient_class = 'partners' OR r.recipient_id = ANY (n.recipient_ids))) THEN
            RAISE EXCEPTION 'the person''s own request does not serve this' USING ERRCODE = '42501';
        END IF;
    ELSIF EXISTS (
        SELECT 1 FROM consent_consent b""",
    ),
)
OPENING = UNTIL.changed(
    UNTIL.OPENING,
    ("recipient_id IS NOT NULL AND withdrawn_at IS NULL", "recipient_id IS NOT NULL AND basis <> 'own_request' AND withdrawn_at IS NULL"),
)
GUARD = UNTIL.changed(INSTRUMENTS.GUARD, ("'sender_name', 'sharing_until'", "'sender_name', 'sharing_until', 'asked_at'"))
FOLLOWING = UNTIL.changed(
    UNTIL.FOLLOWING,
    ("AND NEW.recipient_id IS NOT NULL AND", "AND NEW.recipient_id IS NOT NULL AND NEW.basis <> 'own_request' AND"),
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_instruments")]

    operations = [
        migrations.AddField("referral", "asked_at", models.DateTimeField(null=True)),
        migrations.RunSQL(BASIS, migrations.RunSQL.noop),
        migrations.RunSQL(OPENING, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(FOLLOWING, migrations.RunSQL.noop),
    ]
