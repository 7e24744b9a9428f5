"""A record goes by a checked function alone: its time is over, nothing holds it, and two people said so."""

from django.db import migrations

from waypost.kernel import rls

# Why a record stays, and when something last happened: for one person of one holder.
READING = """
CREATE FUNCTION guarding_why_kept(p_person uuid, p_holder uuid) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT array_remove(ARRAY[
        CASE WHEN EXISTS (SELECT 1 FROM guarding_hold t WHERE t.person_id = p_person
            AND t.held_by_id = p_holder AND t.lifted_at IS NULL) THEN 'hold' END,
        CASE WHEN EXISTS (SELECT 1 FROM screening_need t WHERE t.person_id = p_person
            AND t.held_by_id = p_holder AND t.status = 'open') THEN 'need' END,
        CASE WHEN EXISTS (SELECT 1 FROM consent_consent t WHERE t.person_id = p_person
            AND t.held_by_id = p_holder AND t.decision = 'agreed' AND t.status = 'active'
            AND (t.ends_at IS NULL OR t.ends_at > now())) THEN 'consent' END,
        CASE WHEN EXISTS (SELECT 1 FROM referrals_referral t WHERE t.withdrawn_at IS NULL
            AND t.status IN ('draft', 'requested', 'accepted', 'in-progress', 'on-hold')
            AND ((t.person_id = p_person AND t.held_by_id = p_holder)
                 OR (t.recipient_person_id = p_person AND t.recipient_id = p_holder))) THEN 'referral' END,
        CASE WHEN EXISTS (SELECT 1 FROM coordination_episode t WHERE t.person_id = p_person
            AND t.held_by_id = p_holder AND t.closed_at IS NULL) THEN 'episode' END,
        CASE WHEN EXISTS (SELECT 1 FROM coordination_request t WHERE t.person_id = p_person
            AND t.held_by_id = p_holder AND t.status <> 'closed') THEN 'request' END,
        CASE WHEN EXISTS (SELECT 1 FROM guarding_copy t WHERE t.person_id = p_person
            AND t.held_by_id = p_holder AND t.status IN ('asked', 'making', 'made'))
          OR EXISTS (SELECT 1 FROM guarding_amendment t WHERE t.person_id = p_person
            AND t.held_by_id = p_holder AND t.status = 'asked') THEN 'asked' END
    ], NULL)
$$;
CREATE FUNCTION guarding_last_contact(p_person uuid, p_holder uuid) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT greatest(
        (SELECT t.registered_at FROM people_person t WHERE t.id = p_person AND t.held_by_id = p_holder),
        (SELECT max(t.asked_at) FROM screening_response t WHERE t.person_id = p_person AND t.held_by_id = p_holder),
        (SELECT max(t.status_at) FROM screening_need t WHERE t.person_id = p_person AND t.held_by_id = p_holder),
        (SELECT max(t.at) FROM screening_needevent t WHERE t.person_id = p_person AND t.held_by_id = p_holder),
        (SELECT max(greatest(t.starts_at, t.revoked_at, least(t.ends_at, now()))) FROM consent_consent t
            WHERE t.person_id = p_person AND t.held_by_id = p_holder),
        (SELECT max(t.recorded_at) FROM consent_form t WHERE t.person_id = p_person AND t.held_by_id = p_holder),
        (SELECT max(t.moved_at) FROM referrals_referral t
            WHERE (t.person_id = p_person AND t.held_by_id = p_holder)
               OR (t.recipient_person_id = p_person AND t.recipient_id = p_holder)),
        (SELECT max(greatest(t.asked_at, t.closed_at)) FROM coordination_request t
            WHERE t.person_id = p_person AND t.held_by_id = p_holder),
        (SELECT max(greatest(t.opened_at, t.closed_at)) FROM coordination_episode t
            WHERE t.person_id = p_person AND t.held_by_id = p_holder),
        (SELECT max(t.at) FROM coordination_contactlog t WHERE t.person_id = p_person AND t.held_by_id = p_holder),
        (SELECT max(t.logged_at) FROM coordination_servicelog t
            WHERE t.person_id = p_person AND t.held_by_id = p_holder),
        (SELECT max(greatest(t.taken_at, t.ended_at)) FROM guarding_copy t
            WHERE t.person_id = p_person AND t.held_by_id = p_holder),
        (SELECT max(greatest(t.taken_at, t.answered_at)) FROM guarding_amendment t
            WHERE t.person_id = p_person AND t.held_by_id = p_holder)
    )
$$;
"""

GUARD = """
CREATE FUNCTION guarding_disposal_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.status = 'lapsed' OR (OLD.status = 'done' AND (OLD.confirmed_at <> now()
           OR (to_jsonb(OLD) - 'counts') IS DISTINCT FROM (to_jsonb(NEW) - 'counts'))) THEN
        RAISE EXCEPTION 'what was destroyed stays written down' USING ERRCODE = '42501';
    END IF;
    IF NEW.status = 'asked' AND OLD.status = 'due' AND NEW.asked_by IS DISTINCT FROM waypost_actor() THEN
        RAISE EXCEPTION 'one asks for oneself' USING ERRCODE = '42501';
    END IF;
    IF OLD.status = 'asked' AND NEW.status <> 'due' AND NEW.asked_by IS DISTINCT FROM OLD.asked_by THEN
        RAISE EXCEPTION 'who asked stays as it was written' USING ERRCODE = '42501';
    END IF;
    IF NEW.status = 'done' AND OLD.status <> 'done' THEN
        IF OLD.status <> 'asked' OR NEW.confirmed_by IS DISTINCT FROM waypost_actor()
           OR OLD.asked_by = waypost_actor() THEN
            RAISE EXCEPTION 'two people destroy a record' USING ERRCODE = '42501';
        END IF;
        -- Whoever holds this record now waits: a hold or a contact cannot slip in between.
        PERFORM 1 FROM people_person p WHERE p.id = OLD.person_id FOR UPDATE;
        IF OLD.due_on > current_date
           OR cardinality(guarding_why_kept(OLD.person_id, OLD.held_by_id)) > 0
           OR guarding_last_contact(OLD.person_id, OLD.held_by_id)::date > OLD.last_contact_on + 1 THEN
            RAISE EXCEPTION 'something keeps this record' USING ERRCODE = '42501';
        END IF;
        NEW.confirmed_at := now();
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guarding_disposal_guard BEFORE UPDATE ON guarding_disposal
    FOR EACH ROW EXECUTE FUNCTION guarding_disposal_guard();
CREATE FUNCTION guarding_hold_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- Not while it is being destroyed, and not afterwards.
    PERFORM 1 FROM people_person p WHERE p.id = NEW.person_id AND p.held_by_id = NEW.held_by_id
        AND p.disposed_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no record to hold' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guarding_hold_guard BEFORE INSERT ON guarding_hold
    FOR EACH ROW EXECUTE FUNCTION guarding_hold_guard();
"""

# One table after the other, in the transaction in which the second person confirmed.
DESTROY = """
CREATE FUNCTION guarding_destroy(p_disposal uuid, p_table text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE d guarding_disposal;
DECLARE v_rows integer;
DECLARE v_organization text := coalesce(current_setting('waypost.organization', true), '');
BEGIN
    SELECT * INTO d FROM guarding_disposal g
    WHERE g.id = p_disposal AND g.held_by_id = waypost_organization() AND g.status = 'done'
      AND g.confirmed_by = waypost_actor() AND g.confirmed_at = now();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'two people destroy a record' USING ERRCODE = '42501';
    END IF;
    IF p_table = 'people_person' THEN
        UPDATE people_person p SET given_name = '', family_name = '-', called = '', pronouns = '',
            birth_date = NULL, language = 'en', interpreter_needed = false, household_size = NULL,
            usual_provider = '', source = 'destroyed', search_words = '', sensitivities = '{}',
            disposed_at = now()
        WHERE p.id = d.person_id AND p.held_by_id = d.held_by_id;
    ELSIF p_table IN ('referrals_referralevent', 'referrals_report') THEN
        EXECUTE format(
            'DELETE FROM %I t USING referrals_referral r WHERE r.id = t.referral_id AND %s',
            p_table, guarding_goes('$1', '$2')) USING d.person_id, d.held_by_id;
    ELSIF p_table = 'referrals_referral' THEN
        -- The rule that a side changes its own columns only is about people at work; this is neither side.
        PERFORM set_config('waypost.organization', '', true);
        EXECUTE 'UPDATE referrals_referral c SET parent_id = NULL FROM referrals_referral r'
            ' WHERE c.parent_id = r.id AND ' || guarding_goes('$1', '$2') USING d.person_id, d.held_by_id;
        EXECUTE 'DELETE FROM referrals_referral r WHERE ' || guarding_goes('$1', '$2')
            USING d.person_id, d.held_by_id;
        GET DIAGNOSTICS v_rows = ROW_COUNT;
        UPDATE referrals_referral r SET sender_gone_at = now()
        WHERE r.person_id = d.person_id AND r.held_by_id = d.held_by_id;
        UPDATE referrals_referral r SET recipient_gone_at = now(), recipient_person_id = NULL
        WHERE r.recipient_person_id = d.person_id AND r.recipient_id = d.held_by_id;
        PERFORM set_config('waypost.organization', v_organization, true);
        RETURN v_rows;
    ELSIF p_table = 'disclosure_access' THEN
        DELETE FROM disclosure_access a WHERE a.person_id = d.person_id AND a.holder_id = d.held_by_id;
    ELSIF p_table IN ('disclosure_disclosure', 'kernel_auditentry', 'guarding_disposal')
       OR 2 <> (SELECT count(*) FROM pg_attribute a
                WHERE a.attrelid = to_regclass(format('public.%I', p_table))
                  AND a.attname IN ('person_id', 'held_by_id') AND NOT a.attisdropped) THEN
        RAISE EXCEPTION 'this table stays' USING ERRCODE = '42501';
    ELSE
        IF p_table = 'guarding_copy' THEN
            DELETE FROM guarding_copyfile f USING guarding_copy c
            WHERE c.id = f.copy_id AND c.person_id = d.person_id AND c.held_by_id = d.held_by_id;
        END IF;
        EXECUTE format('DELETE FROM %I t WHERE t.person_id = $1 AND t.held_by_id = $2', p_table)
            USING d.person_id, d.held_by_id;
    END IF;
    GET DIAGNOSTICS v_rows = ROW_COUNT;
    RETURN v_rows;
END;
$$;
"""

# Which referrals go: what nobody else was told, was taken back, or whose other side is gone too.
GOES = """
CREATE FUNCTION guarding_goes(p_person text, p_holder text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT format('((r.person_id = %1$s AND r.held_by_id = %2$s AND (r.recipient_id IS NULL'
        ' OR r.withdrawn_at IS NOT NULL OR r.recipient_gone_at IS NOT NULL'
        ' OR r.status IN (''draft'', ''entered-in-error'')))'
        ' OR (r.recipient_person_id = %1$s AND r.recipient_id = %2$s AND r.sender_gone_at IS NOT NULL))',
        p_person, p_holder)
$$;
"""
RIGHTS = """
REVOKE ALL ON FUNCTION guarding_destroy(uuid, text), guarding_disposal_guard(), guarding_hold_guard() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guarding_destroy(uuid, text), guarding_disposal_guard(), guarding_hold_guard()
    TO waypost_web, waypost_system;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON guarding_disposal FROM waypost_web;
REVOKE DELETE, TRUNCATE ON guarding_disposal FROM waypost_system;
GRANT UPDATE (status, status_before, asked_by, asked_by_name, asked_at, words, confirmed_by, confirmed_by_name,
              confirmed_at, counts) ON guarding_disposal TO waypost_web;
REVOKE UPDATE, DELETE, TRUNCATE ON guarding_hold FROM waypost_web, waypost_system;
GRANT UPDATE (lifted_at, lifted_by_name, lifted_words) ON guarding_hold TO waypost_web, waypost_system;
"""
UNDO = """
GRANT INSERT, UPDATE, DELETE ON guarding_disposal, guarding_hold TO waypost_web, waypost_system;
DROP TRIGGER guarding_disposal_guard ON guarding_disposal;
DROP TRIGGER guarding_hold_guard ON guarding_hold;
DROP FUNCTION guarding_disposal_guard();
DROP FUNCTION guarding_hold_guard();
DROP FUNCTION guarding_destroy(uuid, text);
DROP FUNCTION guarding_goes(text, text);
DROP FUNCTION guarding_last_contact(uuid, uuid);
DROP FUNCTION guarding_why_kept(uuid, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("guarding", "0011_disposal_hold"),
        ("people", "0008_person_disposed_at"),
        ("referrals", "0009_one_side_gone"),
        ("screening", "0005_blocked_workers"),
        ("consent", "0007_blocked_workers"),
        ("coordination", "0004_blocked_workers"),
    ]

    operations = [
        *rls.own("guarding_hold"),
        *rls.own("guarding_disposal"),
        migrations.RunSQL(READING + GUARD + GOES + DESTROY + RIGHTS, UNDO),
    ]
