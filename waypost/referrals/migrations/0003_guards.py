"""What the database itself holds of a referral: a live basis, what was sent stays as sent, each side its part."""

from django.db import migrations

from waypost.kernel import rls

# Mirrors disclosure.rules.decide for what a referral may open; the later "no" of the person beats her yes.
BASIS = """
CREATE FUNCTION referrals_basis(r referrals_referral) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_until timestamptz;
DECLARE v_from text := (SELECT legal_status FROM network_organization WHERE id = r.held_by_id);
DECLARE v_to text := (SELECT legal_status FROM network_organization WHERE id = r.recipient_id);
DECLARE v_strict boolean := v_from = 'part2_program' OR cardinality(r.sensitivities) > 0;
BEGIN
    IF v_from = 'victim_service' OR v_to = 'victim_service' THEN
        RAISE EXCEPTION 'no basis: a victim-service provider' USING ERRCODE = '42501';
    ELSIF r.basis = 'consent' THEN
        SELECT c.ends_at INTO v_until FROM consent_consent c
        WHERE c.id = r.consent_id AND c.person_id = r.person_id AND c.held_by_id = r.held_by_id
          AND c.decision = 'agreed' AND c.status = 'active' AND r.held_by_id = ANY (c.discloser_ids)
          AND r.topics <@ c.topics AND r.sensitivities <@ c.covers_sensitivities
          AND (c.captured = 'written' OR NOT v_strict) AND 'care_coordination' = ANY (c.purposes)
          AND (c.recipient_class = 'partners' OR r.recipient_id = ANY (c.recipient_ids))
          AND c.starts_at <= r.sent_at AND (c.ends_at IS NULL OR c.ends_at > r.sent_at)
          AND NOT EXISTS (
              SELECT 1 FROM consent_consent n
              WHERE n.person_id = r.person_id AND n.held_by_id = r.held_by_id AND n.decision = 'prefers_not'
                AND n.status = 'active' AND n.starts_at >= c.starts_at AND n.starts_at <= r.sent_at
                AND (n.topics = '{}' OR n.topics && r.topics)
                AND (n.recipient_class = 'partners' OR r.recipient_id = ANY (n.recipient_ids)));
        IF NOT FOUND THEN
            RAISE EXCEPTION 'no live consent stands behind this referral' USING ERRCODE = '42501';
        END IF;
    ELSIF r.basis = 'agreement' AND NOT v_strict THEN
        IF NOT EXISTS (
            SELECT 1 FROM network_agreement a
            WHERE a.kind IN ('data_sharing', 'baa', 'qsoa') AND a.purposes ? 'care_coordination'
              AND a.signed_on IS NOT NULL AND a.valid_from <= r.sent_at::date + 1
              AND (a.valid_to IS NULL OR a.valid_to >= r.sent_at::date - 1)
              AND 2 = (SELECT count(*) FROM network_agreement_parties p
                       WHERE p.agreement_id = a.id AND p.organization_id IN (r.held_by_id, r.recipient_id)))
        THEN
            RAISE EXCEPTION 'no agreement stands behind this referral' USING ERRCODE = '42501';
        END IF;
    ELSE
        RAISE EXCEPTION 'no basis to tell another organization' USING ERRCODE = '42501';
    END IF;
    RETURN v_until;
END;
$$;
"""

OPENING = """
CREATE OR REPLACE FUNCTION referrals_open_access(p_referral uuid) RETURNS void
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
    v_until := referrals_basis(r);
    INSERT INTO disclosure_access (id, person_id, holder_id, recipient_id, topics, sensitivities, purposes,
                                   basis, consent_id, source, source_id, starts_at, ends_at)
    VALUES (gen_random_uuid(), r.person_id, r.held_by_id, r.recipient_id, r.topics, r.sensitivities,
            ARRAY['care_coordination'], r.basis, r.consent_id, 'referral', r.id, least(r.sent_at, now()), v_until);
END;
$$;
"""

GUARD = """
CREATE FUNCTION referrals_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_unsent text[] := ARRAY['draft', 'entered-in-error'];
DECLARE v_told text[] := ARRAY['reference', 'person_id', 'held_by_id', 'recipient_id', 'need_id', 'topic', 'category',
    'sensitivities', 'service_id', 'handoff', 'words_to_recipient', 'basis', 'consent_id', 'topics', 'shared',
    'may_reply', 'sent_at', 'sender_name'];
DECLARE v_theirs text[] := ARRAY['recipient_person_id'];
DECLARE v_before jsonb;
DECLARE v_after jsonb := to_jsonb(NEW);
BEGIN
    IF NEW.recipient_id IS NOT NULL AND NEW.status <> ALL (v_unsent)
       AND (TG_OP = 'INSERT' OR OLD.status = ANY (v_unsent)) THEN
        PERFORM referrals_basis(NEW);
    END IF;
    IF NEW.recipient_person_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM people_person p WHERE p.id = NEW.recipient_person_id AND p.held_by_id = NEW.recipient_id)
    THEN
        RAISE EXCEPTION 'the recipient''s own record is somebody else''s' USING ERRCODE = '42501';
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    v_before := to_jsonb(OLD);
    IF OLD.status <> 'draft' AND NEW.status <> 'draft' THEN
        IF EXISTS (SELECT 1 FROM unnest(v_told) k WHERE v_before -> k IS DISTINCT FROM v_after -> k)
           OR (OLD.sharing_ended_at IS NOT NULL AND NEW.sharing_ended_at IS DISTINCT FROM OLD.sharing_ended_at)
           OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at) THEN
            RAISE EXCEPTION 'what was sent stays as it was sent' USING ERRCODE = '42501';
        END IF;
    END IF;
    IF waypost_organization() = OLD.recipient_id AND waypost_organization() <> OLD.held_by_id THEN
        IF OLD.sharing_ended_at IS NULL AND OLD.may_reply THEN
            v_theirs := v_theirs || ARRAY['status', 'status_before', 'reason', 'reason_words', 'answered_at', 'moved_at'];
        END IF;
        IF (v_before - v_theirs) IS DISTINCT FROM (v_after - v_theirs) THEN
            RAISE EXCEPTION 'the recipient moves a referral and changes nothing else' USING ERRCODE = '42501';
        END IF;
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER referrals_guard BEFORE INSERT OR UPDATE ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION referrals_guard();
"""

# A no, and calling off, end the look into the sender's record; undo within its ten seconds opens it again.
FOLLOWING = """
CREATE FUNCTION referrals_access_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_over text[] := ARRAY['rejected', 'cancelled'];
BEGIN
    IF NEW.status = ANY (v_over) AND OLD.status <> ALL (v_over) THEN
        UPDATE disclosure_access SET ends_at = now()
        WHERE source = 'referral' AND source_id = NEW.id AND (ends_at IS NULL OR ends_at > now());
    ELSIF OLD.status = ANY (v_over) AND NEW.status NOT IN ('rejected', 'cancelled', 'draft', 'entered-in-error')
          AND NEW.recipient_id IS NOT NULL AND NEW.sharing_ended_at IS NULL AND NEW.withdrawn_at IS NULL THEN
        INSERT INTO disclosure_access (id, person_id, holder_id, recipient_id, topics, sensitivities, purposes,
                                       basis, consent_id, source, source_id, starts_at, ends_at)
        VALUES (gen_random_uuid(), NEW.person_id, NEW.held_by_id, NEW.recipient_id, NEW.topics, NEW.sensitivities,
                ARRAY['care_coordination'], NEW.basis, NEW.consent_id, 'referral', NEW.id, now(), referrals_basis(NEW));
    END IF;
    RETURN NULL;
END;
$$;
CREATE TRIGGER referrals_access_follows AFTER UPDATE OF status ON referrals_referral
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION referrals_access_follows();
REVOKE ALL ON FUNCTION referrals_basis(referrals_referral), referrals_guard(), referrals_access_follows() FROM PUBLIC;
REVOKE ALL ON FUNCTION referrals_basis(referrals_referral), referrals_guard(), referrals_access_follows()
    FROM waypost_web, waypost_system;
"""

SEEN = (
    "EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = {table}.referral_id"
    " AND (r.held_by_id = (SELECT waypost_organization()) OR {table}.organization_id = (SELECT waypost_organization())"
    " OR r.sharing_ended_at IS NULL OR {table}.at <= r.sharing_ended_at))"
)
ADDED = (
    "organization_id = (SELECT waypost_organization()) AND EXISTS (SELECT 1 FROM referrals_referral r"
    " WHERE r.id = {table}.referral_id AND (r.held_by_id = (SELECT waypost_organization())"
    " OR (r.may_reply AND r.sharing_ended_at IS NULL)))"
)


def _history(table: str) -> list[object]:
    """Nothing new flows once sharing ended: not to the recipient's eyes, and not from its hands."""
    return [
        migrations.RunSQL(f"DROP POLICY {table}_party ON {table}", migrations.RunSQL.noop),
        migrations.RunSQL(f"DROP POLICY {table}_add ON {table}", migrations.RunSQL.noop),
        rls.policy(table, "party", using=SEEN.format(table=table)),
        rls.policy(table, "add", command="INSERT", check=ADDED.format(table=table)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0002_row_level_security"),
        ("consent", "0003_own_people"),
        ("network", "0003_read_only"),
        ("people", "0003_own_people"),
    ]

    operations = [
        migrations.RunSQL(BASIS, "DROP FUNCTION referrals_basis(referrals_referral)"),
        migrations.RunSQL(OPENING, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, "DROP TRIGGER referrals_guard ON referrals_referral; DROP FUNCTION referrals_guard();"),
        migrations.RunSQL(
            FOLLOWING,
            "DROP TRIGGER referrals_access_follows ON referrals_referral;"
            " DROP FUNCTION referrals_access_follows();",
        ),
        rls.about_own_person("referrals_referral"),
        *_history("referrals_referralevent"),
        *_history("referrals_report"),
    ]
