"""The statements that say of some services (``%(ids)s``) when they are to be checked, and how urgently."""

from waypost.directory.choices import NOT_OFFERED

WATCHED = f"""
watched AS (
  SELECT s.*, o.claimed_by_id AS claimed_by, o.is_victim_service AS victim
    FROM directory_service s JOIN directory_organization o ON o.id = s.organization_id
   WHERE s.id = ANY(%(ids)s) AND s.hidden_why = '' AND o.hidden_why = ''
     AND lower(s.status) NOT IN ({", ".join(f"'{each}'" for each in NOT_OFFERED)})
     AND (s.expires_on IS NULL OR s.expires_on >= %(today)s)
)"""
FORGET = f"""
WITH {WATCHED}
DELETE FROM directory_checkdue d WHERE d.service_id = ANY(%(ids)s)
   AND NOT EXISTS (SELECT 1 FROM watched w WHERE w.id = d.service_id)
"""
# The shortest cadence of the listing's categories; where none of them has one, that for all others.
DAYS = """
  SELECT coalesce(min(c.days) FILTER (WHERE c.category <> ''), min(c.days), 365) AS days
    FROM directory_cadence c
   WHERE c.valid_from <= %(today)s AND (c.valid_to IS NULL OR c.valid_to >= %(today)s)
     AND (c.category = '' OR c.category = ANY(s.need_categories))"""
# HSDS assured_date: the day on which the feed's own people checked it.
CONFIRMED = """
  SELECT greatest(s.confirmed_on, CASE WHEN s.assured_date <= %(today)s THEN s.assured_date END)
      AS confirmed"""
FAULTS = """
  SELECT count(DISTINCT coalesce(nullif(f.sender, ''), f.id::text)) AS number,
         (min(f.reported_at) AT TIME ZONE %(zone)s)::date AS since
    FROM directory_fault f WHERE f.service_id = s.id AND f.answered_at IS NULL"""
# "12 sent, 2 accepted, 5 unanswered: check": a third of at least five without an answer. A check settles it.
UNANSWERED = """
  SELECT u.sent, (u.counted_at AT TIME ZONE %(zone)s)::date AS since,
         (u.sent >= 5 AND u.unanswered * 3 >= u.sent
           AND coalesce(s.confirmed_on < (u.counted_at AT TIME ZONE %(zone)s)::date - 30, true)) AS doubtful
    FROM directory_serviceuse u WHERE u.service_id = s.id AND NOT s.victim"""
TOWNS = """
  SELECT coalesce(array_agg(DISTINCT t.town) FILTER (WHERE t.town <> ''), '{}') AS towns
    FROM (
      SELECT l.id FROM directory_serviceatlocation j JOIN directory_location l ON l.id = j.location_id
       WHERE j.service_id = s.id AND l.hidden_why = '' AND NOT l.confidential
      UNION
      SELECT l.id FROM directory_location l
       WHERE l.organization_id = s.organization_id AND l.hidden_why = '' AND NOT l.confidential
         AND NOT EXISTS (SELECT 1 FROM directory_serviceatlocation j WHERE j.service_id = s.id)
    ) place
    JOIN directory_address a ON a.location_id = place.id
    CROSS JOIN LATERAL unnest(ARRAY[lower(left(btrim(a.city), 100)), left(btrim(a.postal_code), 5)]) t (town)
   WHERE NOT s.victim"""
MAKE = f"""
WITH {WATCHED}, dated AS (
  SELECT s.id, days.days, s.need_categories, towns.towns, s.claimed_by, use.sent, s.doubted_at,
         fault.number AS faults, confirmed.confirmed, coalesce(use.doubtful, false) AS doubtful,
         least(
           CASE WHEN confirmed.confirmed IS NULL
                THEN least(old.due_on, coalesce((s.imported_at AT TIME ZONE %(zone)s)::date, %(today)s))
                ELSE confirmed.confirmed + days.days END,
           fault.since, CASE WHEN use.doubtful THEN use.since END) AS due_on
    FROM watched s
    CROSS JOIN LATERAL ({DAYS}) days
    CROSS JOIN LATERAL ({CONFIRMED}) confirmed
    CROSS JOIN LATERAL ({FAULTS}) fault
    CROSS JOIN LATERAL ({TOWNS}) towns
    LEFT JOIN LATERAL ({UNANSWERED}) use ON true
    LEFT JOIN directory_checkdue old ON old.service_id = s.id
)
INSERT INTO directory_checkdue (
  service_id, due_on, days, urgency, reasons, need_categories, towns, claimed_by_id)
SELECT d.id, d.due_on, d.days,
       greatest(0, 1 + (%(today)s - d.due_on)::float / d.days) * (1 + ln(1 + coalesce(d.sent, 0)))
         * (1 + d.faults + CASE WHEN d.doubted_at IS NULL THEN 0 ELSE 2 END
              + CASE WHEN d.doubtful THEN 1 ELSE 0 END),
       array_remove(ARRAY[
         CASE WHEN d.doubted_at IS NOT NULL THEN 'doubted' END,
         CASE WHEN d.faults > 0 THEN 'faults' END,
         CASE WHEN d.doubtful THEN 'unanswered' END,
         CASE WHEN d.confirmed IS NULL THEN 'never'
              WHEN d.confirmed + d.days <= %(today)s THEN 'overdue' END], NULL),
       d.need_categories, d.towns, d.claimed_by
  FROM dated d
ON CONFLICT (service_id) DO UPDATE SET
  due_on = excluded.due_on, days = excluded.days, urgency = excluded.urgency, reasons = excluded.reasons,
  need_categories = excluded.need_categories, towns = excluded.towns, claimed_by_id = excluded.claimed_by_id
"""
