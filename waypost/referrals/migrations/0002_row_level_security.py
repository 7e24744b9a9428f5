"""Sender and recipient see a referral and its history; access opens and recalls happen by checked functions."""

from django.db import migrations

from waypost.kernel import rls

TO_US = (
    f"recipient_id = {rls.ORGANIZATION} AND withdrawn_at IS NULL"
    " AND status NOT IN ('draft', 'entered-in-error')"
)
SEEN = "EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = {table}.referral_id)"

FUNCTIONS = """
CREATE FUNCTION referrals_open_access(p_referral uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r referrals_referral;
DECLARE v_until timestamptz;
BEGIN
    SELECT * INTO r FROM referrals_referral
    WHERE id = p_referral AND held_by_id = waypost_organization() AND status = 'requested'
      AND recipient_id IS NOT NULL AND withdrawn_at IS NULL AND sharing_ended_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no referral that this organization has just sent' USING ERRCODE = '42501';
    END IF;
    IF r.basis = 'consent' THEN
        SELECT c.ends_at INTO v_until FROM consent_consent c
        WHERE c.id = r.consent_id AND c.person_id = r.person_id AND c.held_by_id = r.held_by_id
          AND c.decision = 'agreed' AND c.status = 'active' AND r.topics <@ c.topics
          AND (c.recipient_class = 'partners' OR r.recipient_id = ANY (c.recipient_ids))
          AND (c.ends_at IS NULL OR c.ends_at > r.sent_at);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'no live consent stands behind this referral' USING ERRCODE = '42501';
        END IF;
    ELSIF r.basis NOT IN ('treatment', 'agreement') THEN
        RAISE EXCEPTION 'no basis to open access' USING ERRCODE = '42501';
    END IF;
    INSERT INTO disclosure_access (id, person_id, holder_id, recipient_id, topics, sensitivities, purposes,
                                   basis, consent_id, source, source_id, starts_at, ends_at)
    VALUES (gen_random_uuid(), r.person_id, r.held_by_id, r.recipient_id, r.topics, r.sensitivities,
            ARRAY['care_coordination'], r.basis, r.consent_id, 'referral', r.id, least(r.sent_at, now()), v_until);
END;
$$;
CREATE FUNCTION referrals_withdraw(p_referral uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r referrals_referral;
BEGIN
    SELECT * INTO r FROM referrals_referral
    WHERE id = p_referral AND held_by_id = waypost_organization() AND withdrawn_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no referral of this organization to withdraw' USING ERRCODE = '42501';
    END IF;
    UPDATE referrals_referral SET withdrawn_at = p_at WHERE id = r.id;
    IF r.recipient_id IS NOT NULL THEN
        INSERT INTO referrals_tombstone (id, held_by_id, referral_id, reference, sender_name, withdrawn_at)
        SELECT gen_random_uuid(), r.recipient_id, r.id, r.reference, o.name, p_at
        FROM network_organization o WHERE o.id = r.held_by_id;
        PERFORM disclosure_end_access('referral', r.id);
    END IF;
END;
$$;
REVOKE ALL ON FUNCTION referrals_open_access(uuid), referrals_withdraw(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_open_access(uuid), referrals_withdraw(uuid, timestamptz)
    TO waypost_web, waypost_system;
"""


def _history(table: str) -> list[object]:
    seen = SEEN.format(table=table)
    return [
        rls.protect(table),
        rls.policy(table, "party", using=seen),
        rls.policy(table, "add", command="INSERT", check=f"organization_id = {rls.ORGANIZATION} AND {seen}"),
        rls.append_only(table),
    ]


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("disclosure", "0002_row_level_security")]

    operations = [
        *rls.own("referrals_referral"),
        rls.policy("referrals_referral", "to_us", using=TO_US),
        rls.policy("referrals_referral", "moved_by_us", command="UPDATE", using=TO_US, check=TO_US),
        *_history("referrals_referralevent"),
        *_history("referrals_report"),
        *rls.own("referrals_tombstone"),
        rls.append_only("referrals_tombstone"),
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION referrals_open_access(uuid); DROP FUNCTION referrals_withdraw(uuid, timestamptz);",
        ),
    ]
