"""The statements that make the findings of some services anew (``%(ids)s``) from the listing's tables.

First ``SPOTS`` tells where each of them is found and its hours, which Python turns into openings and squares
of the map; then ``MAKE`` writes each finding once, whole.
"""

from waypost.directory.choices import NOT_OFFERED
from waypost.directory.facets import FRESH, FRESH_DAYS, NOWHERE, SAMPLES, STALE
from waypost.directory.rules.fit import ISO_LANGUAGES
from waypost.directory.rules.situations import ACCESSIBLE, SITUATIONS
from waypost.directory.zips import STATES

LONGEST_KEY = 100  # letters; an index holds no key of some thousand
_FIRST, _SECOND = SAMPLES[0], SAMPLES[0] + SAMPLES[1]


def sample(service: str) -> str:
    """The number of the sample that a service is in."""
    lot = f"(hashtextextended({service}::text, 0) & 63)"
    return f"(CASE WHEN {lot} < {_FIRST} THEN 0 WHEN {lot} < {_SECOND} THEN 1 ELSE 2 END)"


LOCK = "SELECT id FROM directory_service WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE"
FORGET = "DELETE FROM directory_finding WHERE service_id = ANY(%(ids)s)"


def side_by_side(f: str, service: str) -> str:
    """The order in which findings are written, so that a search reads few pages: neighbours together.

    Each sample by itself, in it the half degrees of the map in no order (where reading stops early, it has
    read of everywhere), in each of them the tenths.
    """
    half = f"floor({f}.latitude / 0.5) || ':' || floor({f}.longitude / 0.5)"
    tenth = f"floor({f}.latitude / 0.1), floor({f}.longitude / 0.1)"
    return f"{sample(service)}, hashtext(coalesce({half}, {f}.state, '')), {tenth}, {service}"


EVERY_SERVICE = f"""
DECLARE every_service NO SCROLL CURSOR WITH HOLD FOR
SELECT s.id FROM directory_service s LEFT JOIN (
    SELECT service_id, min(latitude) AS latitude, min(longitude) AS longitude, min(state) AS state
      FROM directory_finding GROUP BY service_id) f ON f.service_id = s.id
 ORDER BY {side_by_side("f", "s.id")}
"""
FORGET_ORPHANS = """
DELETE FROM directory_finding f WHERE NOT EXISTS (SELECT 1 FROM directory_service s WHERE s.id = f.service_id)
"""
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


# Of a victim service nothing is found but its name and its kind, as its page tells no more.
LISTED = f"""
listed AS MATERIALIZED (
  SELECT s.*, o.is_victim_service AS victim, o.name AS o_name,
         CASE WHEN o.is_victim_service THEN '' ELSE o.alternate_name END AS o_alternate,
         CASE WHEN o.is_victim_service THEN '' ELSE s.alternate_name END AS alternate,
         CASE WHEN o.is_victim_service THEN '' ELSE s.extra->>'keywords' END AS keywords,
         concat_ws(' ', s.eligibility_description, s.extra->>'audience') AS audience
    FROM directory_service s JOIN directory_organization o ON o.id = s.organization_id
   WHERE s.id = ANY(%(ids)s) AND s.hidden_why = '' AND o.hidden_why = ''
     AND lower(s.status) NOT IN ({", ".join(f"'{each}'" for each in NOT_OFFERED)})
)"""
# The places of a service that may be told; where it names no place at all, those of its organization.
PLACES = """
place AS MATERIALIZED (
  SELECT p.*, coalesce((SELECT min(left(d.postal_code, 5)) FROM directory_address d
                         WHERE d.location_id = p.id AND d.postal_code <> ''), '') AS zip
    FROM (
      SELECT s.id AS service_id, l.id, l.latitude, l.longitude, l.transportation, l.confidential,
             l.coordinates_status = 'given' AS given, l.time_zone
        FROM listed s JOIN directory_serviceatlocation j ON j.service_id = s.id
        JOIN directory_location l ON l.id = j.location_id
       WHERE l.hidden_why = '' AND NOT s.victim
      UNION ALL
      SELECT s.id, l.id, l.latitude, l.longitude, l.transportation, l.confidential,
             l.coordinates_status = 'given', l.time_zone
        FROM listed s JOIN directory_location l ON l.organization_id = s.organization_id
       WHERE l.hidden_why = '' AND NOT s.victim
         AND NOT EXISTS (SELECT 1 FROM directory_serviceatlocation j WHERE j.service_id = s.id)) p
   WHERE NOT p.confidential
)"""
LINE = """jsonb_build_array(h.opens_at, h.closes_at, h.freq, h.byday, h.bymonthday, h.byweekno, h.byyearday,
  h.interval, h.count, h.wkst, h.dtstart, h.until, h.valid_from, h.valid_to, h.timezone, h.holiday, h.closed,
  h.extra->'every_year', concat_ws(' ', h.description, h.notes))"""
# A spot is a place with a point; where no place has one, each with a ZIP; else all places together.
# Its hours: the service's own, else those of the service at the place, else the place's.
SPOTS = f"""
WITH {LISTED}, {PLACES},
best AS (
  SELECT service_id, min(CASE WHEN given THEN 0 WHEN zip <> '' THEN 1 ELSE 2 END) AS kind
    FROM place GROUP BY service_id
),
spot AS MATERIALIZED (
  SELECT DISTINCT s.id AS service_id, s.victim, p.id AS location_id, p.zip, p.time_zone,
         CASE WHEN p.given THEN p.latitude END AS latitude,
         CASE WHEN p.given THEN p.longitude END AS longitude
    FROM listed s LEFT JOIN best b ON b.service_id = s.id
    LEFT JOIN place p ON p.service_id = s.id AND b.kind < 2
      AND b.kind = CASE WHEN p.given THEN 0 WHEN p.zip <> '' THEN 1 ELSE 2 END
),
line AS (
  SELECT t.service_id, t.location_id, 0 AS rank, {LINE} AS line
    FROM spot t JOIN directory_schedule h ON h.service_id = t.service_id WHERE NOT t.victim
  UNION ALL
  SELECT t.service_id, t.location_id, 1, {LINE}
    FROM spot t JOIN directory_serviceatlocation j ON j.service_id = t.service_id
     AND (t.location_id IS NULL OR j.location_id = t.location_id)
    JOIN directory_location l ON l.id = j.location_id AND NOT l.confidential
    JOIN directory_schedule h ON h.service_at_location_id = j.id WHERE NOT t.victim
  UNION ALL
  SELECT t.service_id, t.location_id, 2, {LINE}
    FROM spot t JOIN directory_schedule h ON h.location_id = t.location_id WHERE NOT t.victim
),
hours AS (
  SELECT DISTINCT ON (service_id, location_id) service_id, location_id, jsonb_agg(line ORDER BY line) AS lines
    FROM line GROUP BY service_id, location_id, rank ORDER BY service_id, location_id, rank
)
SELECT t.service_id, t.location_id, t.latitude, t.longitude, coalesce(t.zip, ''), h.lines::text,
       coalesce(t.time_zone, '')
  FROM spot t LEFT JOIN hours h ON h.service_id = t.service_id
   AND h.location_id IS NOT DISTINCT FROM t.location_id
 ORDER BY t.service_id, t.location_id
"""
SPOT = """
spot AS MATERIALIZED (
  SELECT * FROM unnest(%(services)s::uuid[], %(locations)s::uuid[], %(latitudes)s::float[],
    %(longitudes)s::float[], %(near_latitudes)s::float[], %(near_longitudes)s::float[], %(cells)s::text[],
    %(spans)s::text[], %(weekdays)s::int[], %(zones)s::text[]) WITH ORDINALITY
    t (service_id, location_id, latitude, longitude, near_latitude, near_longitude, cells, spans, weekdays,
       zone, n)
)"""
# What a spot rests on: its own place, or every place when it has none of its own.
TOLD = """
told AS MATERIALIZED (
  SELECT t.n, t.service_id, p.id, p.transportation FROM spot t JOIN place p ON p.service_id = t.service_id
   WHERE t.location_id IS NULL OR p.id = t.location_id
)"""
ADDRESSES = f"""
addressed AS (
  SELECT t.n, CASE WHEN count(DISTINCT st.code) = 1 AND count(*) = count(st.code)
                   THEN min(st.code) END AS state,
         string_agg(DISTINCT concat_ws(' ', d.city, d.state_province, st.name, left(d.postal_code, 5)), ' ')
           AS words,
         string_agg(DISTINCT d.city, ' ') AS cities
    FROM told t JOIN directory_address d ON d.location_id = t.id
    LEFT JOIN (VALUES {_values(STATES)}) st (code, name)
      ON lower(btrim(d.state_province)) IN (lower(st.code), lower(st.name))
   GROUP BY t.n
)"""
SPOKEN = f"""
spoken AS (
  SELECT v.n, array_agg(DISTINCT v.code ORDER BY v.code) AS languages FROM (
    SELECT t.n, i.code FROM spot t JOIN listed s ON s.id = t.service_id
      JOIN (VALUES {_values(ISO_LANGUAGES)}) i (code, name)
        ON strpos(lower(s.interpretation_services), i.name) > 0
     WHERE s.interpretation_services <> '' AND NOT s.victim
    UNION ALL
    SELECT r.n, unnest(ARRAY[i.code, lower(left(r.name, {LONGEST_KEY}))]) FROM (
        SELECT t.n, g.name, g.code FROM spot t JOIN listed s ON s.id = t.service_id AND NOT s.victim
          JOIN directory_language g ON g.service_id = t.service_id
        UNION ALL
        SELECT t.n, g.name, g.code FROM told t JOIN directory_language g ON g.location_id = t.id) r
      LEFT JOIN (VALUES {_values(ISO_LANGUAGES)}) i (code, name)
        ON strpos(lower(r.name), i.name) > 0 OR lower(left(r.code, length(i.code))) = i.code) v
   WHERE v.code <> '' GROUP BY v.n
)"""
REACHED = f"""
reached AS (
  SELECT t.n, array_agg(DISTINCT coalesce(v.code, 'other')) AS accessibility FROM told t
    JOIN directory_accessibility h ON h.location_id = t.id
    LEFT JOIN (VALUES {_values(ACCESSIBLE)}) v (code, pattern)
      ON concat_ws(' ', h.description, h.details) ~* v.pattern
   GROUP BY t.n
),
transit AS (
  SELECT DISTINCT t.n FROM told t WHERE t.transportation <> '' AND t.transportation ~*
    '\\m(bus|train|rail|metro|transit|subway|station|streetcar|caltrain|bart)\\M'
)"""
# Several rows of one service as one.
OF_SERVICE = f"""
area AS (
  SELECT r.id, to_tsvector('waypost_simple', left(string_agg(r.words, ' | '), 50000)) AS document FROM (
      SELECT s.id, concat_ws(' ', a.name, a.description, a.extent) AS words
        FROM listed s JOIN directory_servicearea a ON a.service_id = s.id WHERE NOT s.victim
      UNION ALL
      SELECT s.id, concat_ws(' ', a.name, a.description, a.extent)
        FROM listed s JOIN directory_serviceatlocation j ON j.service_id = s.id
        JOIN directory_location l ON l.id = j.location_id AND NOT l.confidential
        JOIN directory_servicearea a ON a.service_at_location_id = j.id
       WHERE NOT s.victim AND a.service_id IS DISTINCT FROM s.id) r
   WHERE r.words !~* '\\m(except|outside)\\M' GROUP BY r.id
),
priced AS (
  SELECT s.id, concat_ws(' ', s.fees_description, s.fees, (
      SELECT string_agg(concat_ws(' ', c.option, c.amount, c.amount_description), ' ')
        FROM directory_costoption c WHERE c.service_id = s.id)) AS words
    FROM listed s WHERE NOT s.victim
),
papers AS (
  SELECT d.service_id, CASE WHEN bool_and(d.document ~* '^\\s*(no|none|nothing|no documents?.*)\\.?\\s*$')
      THEN 'none' ELSE 'some' END AS documents
    FROM listed s JOIN directory_requireddocument d ON d.service_id = s.id
   WHERE d.document <> '' AND NOT s.victim GROUP BY d.service_id
),
term AS (
  SELECT a.link_id, string_agg(
      concat_ws(' ', t.name,
                (SELECT string_agg(n.name, ' ') FROM directory_termname n WHERE n.term_id = t.id),
                CASE WHEN t.id IS NULL AND NOT s.victim THEN a.value END), ' ') AS words
    FROM listed s JOIN directory_attribute a ON a.link_id = s.id
    LEFT JOIN directory_taxonomyterm t ON t.id = a.taxonomy_term_id
   WHERE t.retired_on IS NULL GROUP BY a.link_id
),
written AS (
  SELECT s.*,
         setweight(to_tsvector('waypost_english', s.names) || to_tsvector('waypost_simple', s.names), 'A')
         || setweight(to_tsvector('waypost_english', s.about) || to_tsvector('waypost_simple', s.owner), 'B')
           AS head,
         CASE WHEN s.victim THEN ''::tsvector ELSE
           setweight(to_tsvector('waypost_english', left(s.description, 50000)), 'C')
           || setweight(to_tsvector('waypost_english', left(concat_ws(' ', s.audience, s.application_process,
                s.fees_description), 50000)), 'D') END AS body,
         CASE WHEN NOT s.victim THEN (
           SELECT array_agg(p.code) FROM (VALUES {_values(SITUATIONS)}) p (code, pattern)
            WHERE concat_ws(' ', s.name, s.audience) ~* p.pattern) END AS situations
    FROM (SELECT s.*, left(s.name || ' ' || s.alternate, 2000) AS names,
                 left(concat_ws(' ', s.o_name, s.o_alternate), 2000) AS owner,
                 left(concat_ws(' ', s.o_name, s.o_alternate, s.keywords,
                   replace(array_to_string(s.need_categories, ' '), '-', ' '), term.words), 20000) AS about
            FROM listed s LEFT JOIN term ON term.link_id = s.id) s
)"""
FACTS = """
fact AS (
  SELECT t.n, s.id AS service_id, t.location_id, s.name, s.victim,
    s.head || setweight(to_tsvector('waypost_simple', left(coalesce(addressed.words, ''), 2000)), 'B')
      AS head,
    s.body, coalesce(area.document, ''::tsvector) AS area_document, s.need_categories,
    t.latitude, t.longitude, t.near_latitude, t.near_longitude,
    CASE WHEN t.latitude IS NULL THEN coalesce(addressed.state, '') ELSE '' END AS state,
    spoken.languages, reached.accessibility, s.situations,
    CASE WHEN btrim(coalesce(priced.words, '')) = '' THEN 'unknown'
         WHEN priced.words ~* '\\m(sliding|low.cost|reduced|donations?|income.based|ability to pay)\\M'
         THEN 'low'
         WHEN priced.words ~* '\\mnot free\\M' THEN 'other'
         WHEN priced.words ~* '\\m(free|gratis|gratuito|no (cost|charge|fee)s?|none)\\M' THEN 'free'
         ELSE 'other' END AS cost,
    coalesce(papers.documents, 'unknown') AS documents,
    CASE WHEN s.victim THEN NULL
         WHEN s.how_to_reach = 'walk_in' THEN true
         WHEN s.how_to_reach IN ('inbox', 'none') THEN false
         WHEN s.application_process ~* '\\m(referral (is )?(required|needed|only)|must be referred)\\M'
         THEN false
         WHEN s.application_process ~* '\\mwalk.?ins?\\M' THEN true END AS walk_in,
    CASE WHEN transit.n IS NOT NULL THEN true END AS transit,
    CASE WHEN s.victim THEN 'unknown' ELSE s.capacity_status END AS capacity,
    CASE WHEN NOT s.victim THEN s.capacity_until END AS capacity_until, s.expires_on,
    CASE WHEN NOT s.victim THEN s.minimum_age END AS minimum_age,
    CASE WHEN NOT s.victim THEN s.maximum_age END AS maximum_age,
    t.weekdays, t.zone, t.spans::tstzmultirange AS open_spans, s.confirmed_on, s.contact_confirmed_on,
    s.doubted_at IS NOT NULL AS doubted, string_to_array(t.cells, ' ') AS cells
  FROM spot t JOIN written s ON s.id = t.service_id
  LEFT JOIN area ON area.id = s.id LEFT JOIN priced ON priced.id = s.id
  LEFT JOIN papers ON papers.service_id = s.id LEFT JOIN addressed ON addressed.n = t.n
  LEFT JOIN spoken ON spoken.n = t.n LEFT JOIN reached ON reached.n = t.n LEFT JOIN transit ON transit.n = t.n
)"""


def _prefixed(name: str, values: str) -> str:
    """Keys for each of an array's values; one that says so where the listing says nothing."""
    return f"coalesce((SELECT array_agg('{name}:' || v) FROM unnest({values}) v), ARRAY['{name}:?'])"


KEYS = f"""array_remove(ARRAY[
    CASE WHEN f.latitude IS NULL THEN '{NOWHERE}:' || f.state || ':' || {sample("f.service_id")} END,
    CASE WHEN f.confirmed_on >= %(today)s::date - {FRESH_DAYS} AND NOT f.doubted THEN '{FRESH}:'
         ELSE '{STALE}:' END || {sample("f.service_id")},
    CASE WHEN f.walk_in THEN 'walk_in:true' WHEN f.walk_in IS NULL THEN 'walk_in:?' END,
    CASE f.documents WHEN 'none' THEN 'no_documents:true' WHEN 'unknown' THEN 'no_documents:?' END,
    CASE WHEN f.transit THEN 'transit:true' ELSE 'transit:?' END,
    CASE WHEN f.cost = 'free' THEN 'cost:free' END,
    CASE WHEN f.cost IN ('free', 'low') THEN 'cost:low' WHEN f.cost = 'unknown' THEN 'cost:?' END], NULL)
  || f.cells || {_prefixed("need", "f.need_categories::text[]")} || {_prefixed("language", "f.languages")}
  || {_prefixed("situations", "f.situations")} || {_prefixed("accessibility", "f.accessibility")}
  || CASE WHEN f.weekdays IS NULL THEN ARRAY['weekday:?'] ELSE ARRAY(
       SELECT 'weekday:' || d FROM generate_series(0, 6) d WHERE (f.weekdays >> d) & 1 = 1) END"""
COLUMNS = """service_id, location_id, name, head, area_document, need_categories, latitude, longitude,
  near_latitude, near_longitude, state, languages, accessibility, situations, cost, documents, walk_in,
  transit, capacity, capacity_until, expires_on, minimum_age, maximum_age, weekdays, zone, open_spans,
  confirmed_on, contact_confirmed_on, doubted"""
MAKE = f"""
WITH {LISTED}, {PLACES}, {SPOT}, {TOLD}, {ADDRESSES}, {SPOKEN}, {REACHED}, {OF_SERVICE}, {FACTS}
INSERT INTO directory_finding ({COLUMNS}, document, keys, facets)
SELECT {COLUMNS},
  f.head || f.body || array_to_tsvector(ARRAY(SELECT 'need:' || v FROM unnest(f.need_categories) v)),
  k.keys, coalesce((SELECT bit_or(1::bigint << array_position(%(bits)s::text[], v) - 1)
                      FROM unnest(k.keys) v WHERE v = ANY(%(bits)s::text[])), 0)
  FROM fact f CROSS JOIN LATERAL (SELECT {KEYS} AS keys) k
 ORDER BY f.n
"""
# The words of what anybody may read, and the towns, for mending typing errors.
LEARN = f"""
WITH {LISTED}, {PLACES}
INSERT INTO directory_word (word)
SELECT DISTINCT w.word FROM (
    SELECT concat_ws(' ', s.name, s.alternate, s.o_name, s.o_alternate, s.keywords,
                     CASE WHEN NOT s.victim THEN s.description END) AS words FROM listed s
    UNION ALL
    SELECT DISTINCT d.city FROM place p JOIN directory_address d ON d.location_id = p.id) said
 CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('waypost_simple', left(said.words, 4000)))) w (word)
 WHERE w.word ~ '^[[:alpha:]]{{4,30}}$'
ON CONFLICT DO NOTHING
"""
