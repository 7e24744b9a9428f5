"""What a destroyed record leaves in words is taken out where the second person says so; what reached an
organization and was never taken in has its time, too."""

from django.db import migrations

# The words by which somebody is known: names of three letters and more, whole phone numbers.
KNOWN_BY = """
CREATE FUNCTION guarding_known_by(p_person uuid, p_holder uuid) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT w ORDER BY w), '{}') FROM (
        SELECT unnest(regexp_split_to_array(concat_ws(' ', p.given_name, p.family_name, p.called), '\\s+')) AS w
        FROM people_person p WHERE p.id = p_person AND p.held_by_id = p_holder AND p.disposed_at IS NULL
        UNION
        SELECT c.value FROM people_contactpoint c
        WHERE c.person_id = p_person AND c.held_by_id = p_holder AND c.kind IN ('phone', 'email')
    ) known WHERE length(w) >= 3
$$;
CREATE FUNCTION guarding_pattern(p_words text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT '(^|[^[:alnum:]])(' || string_agg(regexp_replace(w, '([^[:alnum:][:space:]])', '\\\\\\1', 'g'), '|'
        ORDER BY length(w) DESC) || ')(?![[:alnum:]])' FROM unnest(p_words) AS w
$$;
"""

REDACT = """
CREATE FUNCTION guarding_redact(p_disposal uuid, p_table text, p_row uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE d guarding_disposal;
DECLARE v_pattern text;
DECLARE v_columns text[];
DECLARE v_rows integer;
BEGIN
    SELECT * INTO d FROM guarding_disposal g
    WHERE g.id = p_disposal AND g.held_by_id = waypost_organization() AND g.status = 'done'
      AND g.confirmed_by = waypost_actor() AND g.confirmed_at = now();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'two people destroy a record' USING ERRCODE = '42501';
    END IF;
    v_columns := CASE p_table
        WHEN 'guarding_incident' THEN ARRAY['words', 'nature', 'who', 'acquired', 'mitigated']
        WHEN 'guarding_demand' THEN ARRAY['asked_for']
        WHEN 'guarding_step' THEN ARRAY['words']
        WHEN 'guarding_emergency' THEN ARRAY['words', 'review_words'] END;
    v_pattern := guarding_pattern(guarding_known_by(d.person_id, d.held_by_id));
    IF v_columns IS NULL OR v_pattern IS NULL THEN
        RAISE EXCEPTION 'these words stay' USING ERRCODE = '42501';
    END IF;
    EXECUTE format('UPDATE %I t SET %s WHERE t.id = $1 AND t.held_by_id = $2', p_table,
        (SELECT string_agg(format('%1$I = regexp_replace(t.%1$I, $3, ''\\1[…]'', ''gi'')', c), ', ')
         FROM unnest(v_columns) AS c)) USING p_row, d.held_by_id, v_pattern;
    GET DIAGNOSTICS v_rows = ROW_COUNT;
    RETURN v_rows;
END;
$$;
"""

RECEIVED = """
CREATE FUNCTION guarding_forget_received(p_organization uuid, p_before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_rows integer;
DECLARE v_gone uuid[];
BEGIN
    -- 45 CFR 164.530(j)(2): whatever rule is loaded, nothing goes before six years.
    IF p_before > now() - interval '6 years' THEN
        RAISE EXCEPTION 'its time is not over' USING ERRCODE = '42501';
    END IF;
    UPDATE referrals_referral r SET recipient_gone_at = now()
    WHERE r.recipient_id = p_organization AND r.recipient_person_id IS NULL AND r.recipient_gone_at IS NULL
      AND r.withdrawn_at IS NULL AND r.status IN ('completed', 'rejected', 'cancelled', 'failed')
      AND r.moved_at < p_before
          - make_interval(years => greatest(0, 18 - coalesce((r.shared ->> 'age')::integer, 18)));
    GET DIAGNOSTICS v_rows = ROW_COUNT;
    SELECT coalesce(array_agg(r.id), '{}') INTO v_gone FROM referrals_referral r
    WHERE r.recipient_id = p_organization AND r.recipient_person_id IS NULL
      AND r.recipient_gone_at IS NOT NULL AND r.sender_gone_at IS NOT NULL;
    UPDATE referrals_referral c SET parent_id = NULL WHERE c.parent_id = ANY (v_gone);
    DELETE FROM referrals_referralevent t WHERE t.referral_id = ANY (v_gone);
    DELETE FROM referrals_report t WHERE t.referral_id = ANY (v_gone);
    DELETE FROM referrals_referral r WHERE r.id = ANY (v_gone);
    RETURN v_rows;
END;
$$;
"""

RIGHTS = """
REVOKE ALL ON FUNCTION guarding_redact(uuid, text, uuid), guarding_forget_received(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guarding_redact(uuid, text, uuid) TO waypost_web, waypost_system;
GRANT EXECUTE ON FUNCTION guarding_forget_received(uuid, timestamptz) TO waypost_system;
REVOKE EXECUTE ON FUNCTION guarding_forget_received(uuid, timestamptz) FROM waypost_web;
"""
UNDO = """
DROP FUNCTION guarding_redact(uuid, text, uuid);
DROP FUNCTION guarding_forget_received(uuid, timestamptz);
DROP FUNCTION guarding_known_by(uuid, uuid);
DROP FUNCTION guarding_pattern(text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("guarding", "0013_emergency_carries"), ("people", "0009_may_call")]

    operations = [migrations.RunSQL(KNOWN_BY + REDACT + RECEIVED + RIGHTS, UNDO)]
