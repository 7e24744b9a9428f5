"""The statements that make the findings of some services anew (``%(ids)s``) from the listing's tables."""

from waypost.directory.choices import NOT_OFFERED
from waypost.directory.rules.fit import ISO_LANGUAGES
from waypost.directory.rules.situations import ACCESSIBLE, SITUATIONS
from waypost.directory.zips import STATES

LOCK = "SELECT id FROM directory_service WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE"
FORGET = "DELETE FROM directory_finding WHERE service_id = ANY(%(ids)s)"
CHANGED = """
INSERT INTO directory_servicechange (service_id, changed_at)
SELECT service_id, clock_timestamp() FROM directory_findingdue WHERE service_id = ANY(%(ids)s) GROUP BY 1
ON CONFLICT (service_id) DO UPDATE SET changed_at = excluded.changed_at
"""
DONE = "DELETE FROM directory_findingdue WHERE service_id = ANY(%(ids)s)"


def _values(pairs: dict[str, str]) -> str:
    return ", ".join(
        "('{}', '{}')".format(*(each.replace("'", "''") for each in pair)) for pair in pairs.items()
    )


def _found(patterns: dict[str, str], text: str) -> str:
    """An array of the codes whose pattern stands in the text; NULL when there is none."""
    return (
        f"(SELECT array_agg(p.code) FROM (VALUES {_values(patterns)}) p (code, pattern)"
        f" WHERE {text} ~* p.pattern)"
    )


LISTED = f"""
listed AS (
  SELECT s.*, o.is_victim_service AS victim, o.name AS o_name,
         CASE WHEN o.is_victim_service THEN '' ELSE o.alternate_name END AS o_alternate,
         CASE WHEN o.is_victim_service THEN '' ELSE s.alternate_name END AS alternate,
         CASE WHEN o.is_victim_service THEN '' ELSE s.extra->>'keywords' END AS keywords,
         concat_ws(' ', s.eligibility_description, s.extra->>'audience') AS audience
    FROM directory_service s JOIN directory_organization o ON o.id = s.organization_id
   WHERE s.id = ANY(%(ids)s) AND s.hidden_why = '' AND o.hidden_why = ''
     AND lower(s.status) NOT IN ({", ".join(f"'{each}'" for each in NOT_OFFERED)})
)"""
# The places of a service; where it names none, those of its organization.
PLACES = """
place AS (
  SELECT s.id AS service_id, l.id, l.latitude, l.longitude, l.transportation, l.confidential,
         l.coordinates_status = 'given' AS given
    FROM listed s JOIN directory_serviceatlocation j ON j.service_id = s.id
    JOIN directory_location l ON l.id = j.location_id
   WHERE l.hidden_why = '' AND NOT s.victim
  UNION ALL
  SELECT s.id, l.id, l.latitude, l.longitude, l.transportation, l.confidential,
         l.coordinates_status = 'given'
    FROM listed s JOIN directory_location l ON l.organization_id = s.organization_id
   WHERE l.hidden_why = '' AND NOT s.victim
     AND NOT EXISTS (SELECT 1 FROM directory_serviceatlocation j WHERE j.service_id = s.id)
),
spot AS (
  SELECT DISTINCT ON (s.id, p.id) s.id AS service_id, p.id AS location_id, p.latitude, p.longitude
    FROM listed s LEFT JOIN place p ON p.service_id = s.id AND p.given AND NOT p.confidential
)"""
# What a spot rests on: its own place, or every place that may be told when no point is known.
AT = "p.service_id = s.id AND NOT p.confidential AND (spot.location_id IS NULL OR p.id = spot.location_id)"
ELIGIBLE = "concat_ws(' ', s.name, s.audience)"
COST = """concat_ws(' ', s.fees_description, s.fees, (
    SELECT string_agg(concat_ws(' ', c.option, c.amount, c.amount_description), ' ')
      FROM directory_costoption c WHERE c.service_id = s.id))"""
DOCUMENT = """
    setweight(to_tsvector('waypost_english', left(s.name || ' ' || s.alternate, 2000)), 'A')
    || setweight(to_tsvector('waypost_simple', left(s.name || ' ' || s.alternate, 2000)), 'A')
    || setweight(to_tsvector('waypost_english', left(concat_ws(' ', s.o_name, s.o_alternate,
         s.keywords, replace(array_to_string(s.need_categories, ' '), '-', ' '), terms.words),
         20000)), 'B')
    || setweight(to_tsvector('waypost_simple', left(concat_ws(' ', s.o_name, s.o_alternate), 2000)), 'B')
    || CASE WHEN s.victim THEN ''::tsvector ELSE
         setweight(to_tsvector('waypost_english', left(s.description, 50000)), 'C')
         || setweight(to_tsvector('waypost_english', left(concat_ws(' ', s.audience, s.application_process,
              s.fees_description), 50000)), 'D') END"""
MAKE = f"""
WITH {LISTED}, {PLACES}
INSERT INTO directory_finding (
  service_id, location_id, name, document, name_document, area_document, need_categories, latitude, longitude,
  state, languages, accessibility, situations, cost, documents, walk_in, transit, capacity, capacity_until,
  expires_on, minimum_age, maximum_age, weekdays, zone, open_spans, confirmed_on, doubted)
SELECT s.id, spot.location_id, s.name, {DOCUMENT},
  to_tsvector('waypost_english', names.words) || to_tsvector('waypost_simple', names.words),
  CASE WHEN s.victim THEN ''::tsvector ELSE coalesce((
    SELECT to_tsvector('waypost_simple', left(string_agg(
             concat_ws(' ', a.name, a.description, a.extent), ' | '), 50000))
      FROM directory_servicearea a
     WHERE (a.service_id = s.id OR a.service_at_location_id IN (
             SELECT j.id FROM directory_serviceatlocation j
              WHERE j.service_id = s.id AND NOT (
                SELECT l.confidential FROM directory_location l WHERE l.id = j.location_id)))
       AND concat_ws(' ', a.name, a.description, a.extent) !~* '\\m(except|outside)\\M'), ''::tsvector) END,
  s.need_categories, spot.latitude, spot.longitude,
  CASE WHEN spot.latitude IS NULL THEN coalesce((
    SELECT CASE WHEN count(DISTINCT st.code) = 1 AND count(*) = count(st.code) THEN min(st.code) END
      FROM place p JOIN directory_address d ON d.location_id = p.id
      LEFT JOIN (VALUES {_values(STATES)}) st (code, name)
        ON lower(btrim(d.state_province)) IN (lower(st.code), lower(st.name))
     WHERE {AT}), '') ELSE '' END,
  (SELECT array_agg(DISTINCT v.code) FROM (
     SELECT i.code FROM (VALUES {_values(ISO_LANGUAGES)}) i (code, name)
      WHERE strpos(lower(s.interpretation_services), i.name) > 0
     UNION ALL
     SELECT unnest(ARRAY[i.code, lower(g.name)]) FROM directory_language g
       LEFT JOIN (VALUES {_values(ISO_LANGUAGES)}) i (code, name)
         ON strpos(lower(g.name), i.name) > 0 OR lower(left(g.code, length(i.code))) = i.code
      WHERE g.service_id = s.id OR g.location_id IN (SELECT p.id FROM place p WHERE {AT})) v
   WHERE v.code <> ''),
  (SELECT array_agg(DISTINCT coalesce(v.code, 'other')) FROM place p
     JOIN directory_accessibility h ON h.location_id = p.id
     LEFT JOIN (VALUES {_values(ACCESSIBLE)}) v (code, pattern)
       ON concat_ws(' ', h.description, h.details) ~* v.pattern
    WHERE {AT}),
  {_found(SITUATIONS, ELIGIBLE)},
  CASE WHEN btrim({COST}) = '' THEN 'unknown'
       WHEN {COST} ~* '\\m(sliding|low.cost|reduced|donations?|income.based|ability to pay)\\M' THEN 'low'
       WHEN {COST} ~* '\\mnot free\\M' THEN 'other'
       WHEN {COST} ~* '\\m(free|gratis|gratuito|no (cost|charge|fee)s?|none)\\M' THEN 'free' ELSE 'other' END,
  (SELECT CASE WHEN count(*) = 0 THEN 'unknown'
               WHEN bool_and(d.document ~* '^\\s*(no|none|nothing|no documents?.*)\\.?\\s*$')
                THEN 'none' ELSE 'some' END
     FROM directory_requireddocument d WHERE d.service_id = s.id AND d.document <> ''),
  CASE WHEN s.how_to_reach = 'walk_in' THEN true
       WHEN s.how_to_reach IN ('inbox', 'none') THEN false
       WHEN s.application_process ~* '\\m(referral (is )?(required|needed|only)|must be referred)\\M'
       THEN false
       WHEN s.application_process ~* '\\mwalk.?ins?\\M' THEN true END,
  (SELECT true FROM place p WHERE {AT}
      AND p.transportation ~* '\\m(bus|train|rail|metro|transit|subway|station|streetcar|caltrain|bart)\\M'
    LIMIT 1),
  s.capacity_status, s.capacity_until, s.expires_on, s.minimum_age, s.maximum_age,
  NULL, '', NULL, s.confirmed_on, s.doubted_at IS NOT NULL
FROM spot JOIN listed s ON s.id = spot.service_id
CROSS JOIN LATERAL (
  SELECT string_agg(
           concat_ws(' ', t.name, (SELECT string_agg(n.name, ' ') FROM directory_termname n
             WHERE n.term_id = t.id), CASE WHEN t.id IS NULL AND NOT s.victim THEN a.value END), ' ') AS words
    FROM directory_attribute a LEFT JOIN directory_taxonomyterm t ON t.id = a.taxonomy_term_id
   WHERE a.link_id = s.id AND t.retired_on IS NULL) terms
CROSS JOIN LATERAL (
  SELECT left(concat_ws(' ', s.name, s.alternate, s.o_name, s.o_alternate), 2000) AS words) names
"""
# Of a victim service nothing is found but its name and its kind, as its page tells no more.
HUSH = """
UPDATE directory_finding f SET languages = NULL, accessibility = NULL, situations = NULL, cost = 'unknown',
       documents = 'unknown', walk_in = NULL, transit = NULL, capacity = 'unknown', capacity_until = NULL,
       minimum_age = NULL, maximum_age = NULL
  FROM directory_service s JOIN directory_organization o ON o.id = s.organization_id
 WHERE f.service_id = s.id AND s.id = ANY(%(ids)s) AND o.is_victim_service
"""
LINE = """jsonb_build_array(h.opens_at, h.closes_at, h.freq, h.byday, h.bymonthday, h.byweekno, h.byyearday,
  h.interval, h.count, h.wkst, h.dtstart, h.until, h.valid_from, h.valid_to, h.timezone, h.holiday, h.closed,
  h.extra->'every_year', concat_ws(' ', h.description, h.notes))"""
# The hours of a finding: the service's own, else those of the service at the place, else the place's.
HOURS = f"""
SELECT w.lines::text, w.zip, array_agg(w.id) FROM (
  SELECT DISTINCT ON (f.id) f.id, h.lines, coalesce((
           SELECT min(left(d.postal_code, 5)) FROM directory_address d
            WHERE d.location_id = f.location_id AND d.postal_code <> ''), '') AS zip
    FROM directory_finding f CROSS JOIN LATERAL (
      SELECT k.rank, jsonb_agg(k.line ORDER BY k.line) AS lines FROM (
        SELECT 0 AS rank, {LINE} AS line FROM directory_schedule h WHERE h.service_id = f.service_id
        UNION ALL
        SELECT 1, {LINE} FROM directory_serviceatlocation j
          JOIN directory_schedule h ON h.service_at_location_id = j.id
         WHERE j.service_id = f.service_id AND (f.location_id IS NULL OR j.location_id = f.location_id)
           AND NOT (SELECT l.confidential FROM directory_location l WHERE l.id = j.location_id)
        UNION ALL
        SELECT 2, {LINE} FROM directory_schedule h WHERE h.location_id = f.location_id
      ) k GROUP BY k.rank) h
   WHERE f.service_id = ANY(%(ids)s) AND NOT (
           SELECT o.is_victim_service FROM directory_organization o WHERE o.id = (
             SELECT s.organization_id FROM directory_service s WHERE s.id = f.service_id))
   ORDER BY f.id, h.rank
) w GROUP BY 1, 2
"""
OPEN = """
UPDATE directory_finding SET open_spans = %s::tstzmultirange, weekdays = %s, zone = %s WHERE id = ANY(%s)
"""
LEARN = """
INSERT INTO directory_word (word)
SELECT DISTINCT w.word FROM directory_service s JOIN directory_organization o ON o.id = s.organization_id
 CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('waypost_simple',
   left(concat_ws(' ', s.name, s.alternate_name, o.name, o.alternate_name, s.description), 4000)))) w (word)
 WHERE s.id = ANY(%(ids)s) AND s.hidden_why = '' AND NOT o.is_victim_service
   AND w.word ~ '^[[:alpha:]]{4,30}$'
ON CONFLICT DO NOTHING
"""
