"""Emergency access is opened by checked functions alone; what a try matched is read by nobody."""

from django.db import migrations

from waypost.kernel import rls

FUNCTIONS = """
CREATE FUNCTION guarding_match_emergency(
    p_emergency uuid, p_reference text, p_names text[], p_birth date, p_phone text
) RETURNS TABLE (person_id uuid, holder_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE e guarding_emergency;
BEGIN
    SELECT * INTO e FROM guarding_emergency g
    WHERE g.id = p_emergency AND g.held_by_id = waypost_organization() AND g.user_id = waypost_actor()
      AND g.status = 'nothing' AND g.until > now();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no emergency of this worker' USING ERRCODE = '42501';
    END IF;
    IF EXISTS (SELECT 1 FROM guarding_emergencymatch m WHERE m.emergency_id = e.id) THEN
        RAISE EXCEPTION 'this emergency has looked already' USING ERRCODE = '42501';
    END IF;
    IF (SELECT count(*) FROM guarding_emergency g
        WHERE g.user_id = e.user_id AND g.opened_at > now() - interval '1 hour') > 20 THEN
        RAISE EXCEPTION 'too many tries' USING ERRCODE = '42501';
    END IF;
    INSERT INTO guarding_emergencymatch (emergency_id, person_id, holder_id)
    SELECT e.id, (array_agg(f.id))[1], f.held_by_id
    FROM (
        SELECT r.person_id AS id, r.held_by_id FROM referrals_referral r
        WHERE e.facts = 'reference' AND p_reference <> '' AND r.reference = p_reference
        UNION
        SELECT p.id, p.held_by_id FROM people_person p
        WHERE e.facts = 'name' AND cardinality(p_names) >= 2 AND p.birth_date = p_birth
          AND string_to_array(p.search_words, ' ') @> p_names
        UNION
        SELECT p.id, p.held_by_id FROM people_person p
        WHERE e.facts = 'phone' AND length(p_phone) = 10 AND p.search_words LIKE '%' || p_phone || '%'
          AND string_to_array(p.search_words, ' ') @> ARRAY[p_phone]
    ) f
    JOIN network_organization o ON o.id = f.held_by_id
    JOIN network_organization us ON us.id = e.held_by_id
    WHERE f.held_by_id <> e.held_by_id AND o.active
      AND o.legal_status <> 'victim_service' AND us.legal_status <> 'victim_service'
    GROUP BY f.held_by_id HAVING count(*) = 1;
    RETURN QUERY SELECT m.person_id, m.holder_id FROM guarding_emergencymatch m WHERE m.emergency_id = e.id;
END;
$$;
CREATE FUNCTION guarding_open_emergency(
    p_emergency uuid, p_person uuid, p_topics text[], p_sensitivities text[], p_rules text[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE e guarding_emergency;
DECLARE m guarding_emergencymatch;
DECLARE ours network_organization;
DECLARE theirs network_organization;
BEGIN
    SELECT * INTO e FROM guarding_emergency g
    WHERE g.id = p_emergency AND g.held_by_id = waypost_organization() AND g.user_id = waypost_actor()
      AND g.status IN ('nothing', 'open') AND g.until > now();
    SELECT * INTO m FROM guarding_emergencymatch x WHERE x.emergency_id = e.id AND x.person_id = p_person;
    IF m.person_id IS NULL THEN
        RAISE EXCEPTION 'no live emergency of this worker about this person' USING ERRCODE = '42501';
    END IF;
    SELECT * INTO ours FROM network_organization o WHERE o.id = e.held_by_id;
    SELECT * INTO theirs FROM network_organization o WHERE o.id = m.holder_id;
    IF 'victim_service' IN (ours.legal_status, theirs.legal_status)
       OR p_topics && ARRAY['notes', 'plan', 'demographics'] THEN
        RAISE EXCEPTION 'no emergency opens this' USING ERRCODE = '42501';
    END IF;
    IF ours.legal_status <> 'covered_entity'
       AND (theirs.legal_status = 'part2_program'
            OR p_sensitivities && ARRAY['part2_record', 'substance_use']) THEN
        RAISE EXCEPTION 'medical personnel alone, 42 CFR 2.51' USING ERRCODE = '42501';
    END IF;
    INSERT INTO disclosure_access (id, person_id, holder_id, recipient_id, topics, sensitivities, purposes,
                                   basis, source, source_id, worker_id, starts_at, ends_at)
    VALUES (waypost_uuid7(), m.person_id, m.holder_id, e.held_by_id, p_topics, p_sensitivities,
            ARRAY['emergency'], 'emergency', 'emergency', e.id, e.user_id, least(e.opened_at, now()), e.until);
    INSERT INTO disclosure_disclosure (id, held_by_id, person_id, recipient_id, recipient_name, topics,
                                       sensitivities, purpose, basis, reasons, source, source_id, at, actor_name)
    VALUES (waypost_uuid7(), m.holder_id, m.person_id, e.held_by_id, ours.name, p_topics, p_sensitivities,
            'emergency', 'emergency', '["emergency"]', 'emergency', e.id, now(), e.user_name);
    INSERT INTO kernel_auditentry (id, at, action, held_by, actor_id, actor_name, actor_role,
                                   subject_type, subject_ids, detail)
    VALUES (waypost_uuid7(), now(), 'people.disclose', m.holder_id, e.user_id, e.user_name, e.user_role,
            'person', ARRAY[m.person_id],
            jsonb_build_object('recipient', e.held_by_id, 'basis', 'emergency', 'source', e.id,
                               'rules', array_to_string(p_rules, ' ')));
END;
$$;
CREATE FUNCTION guarding_close_emergency(p_emergency uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM guarding_emergency g
        WHERE g.id = p_emergency AND g.held_by_id = waypost_organization()
          AND g.status IN ('ended', 'justified', 'not_justified')
    ) THEN
        RAISE EXCEPTION 'no emergency that this organization has ended' USING ERRCODE = '42501';
    END IF;
    UPDATE disclosure_access SET ends_at = now()
    WHERE source = 'emergency' AND source_id = p_emergency AND recipient_id = waypost_organization()
      AND ends_at > now();
END;
$$;
REVOKE ALL ON FUNCTION guarding_match_emergency(uuid, text, text[], date, text),
    guarding_open_emergency(uuid, uuid, text[], text[], text[]), guarding_close_emergency(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guarding_match_emergency(uuid, text, text[], date, text),
    guarding_open_emergency(uuid, uuid, text[], text[], text[]), guarding_close_emergency(uuid)
    TO waypost_web, waypost_system;
"""
DROP = """
DROP FUNCTION guarding_match_emergency(uuid, text, text[], date, text);
DROP FUNCTION guarding_open_emergency(uuid, uuid, text[], text[], text[]);
DROP FUNCTION guarding_close_emergency(uuid);
"""
# The clock, the opener and the words stand as they were written.
CHANGES = (
    "status, status_before, holder_ids, ended_at, reviewed_at, reviewed_by, reviewed_by_name, review_words"
)


class Migration(migrations.Migration):
    dependencies = [
        ("guarding", "0001_emergency"),
        ("disclosure", "0005_worker_policy"),
        ("referrals", "0002_row_level_security"),
        ("kernel", "0004_guarded_head"),
    ]

    operations = [
        *rls.own("guarding_emergency"),
        rls.policy("guarding_emergency", "opened_ours", using=f"{rls.ORGANIZATION} = ANY (holder_ids)"),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON guarding_emergency FROM waypost_web, waypost_system;"
            f"GRANT UPDATE ({CHANGES}) ON guarding_emergency TO waypost_web, waypost_system",
            "GRANT UPDATE, DELETE ON guarding_emergency TO waypost_web, waypost_system",
        ),
        rls.protect("guarding_emergencymatch"),
        migrations.RunSQL(
            "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON guarding_emergencymatch FROM waypost_web, waypost_system",
            "GRANT INSERT, UPDATE, DELETE ON guarding_emergencymatch TO waypost_web, waypost_system",
        ),
        migrations.RunSQL(FUNCTIONS, DROP),
    ]
