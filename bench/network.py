"""A whole network to measure the walls in: people by the hundred thousand, organizations, a full inbox.

Filled in bulk, past policies and triggers, with what those would have written.
"""

import time
from uuid import UUID

import psycopg

from bench import filling
from tests.community import Community, agree, food_need, plan_inbox, rosa
from waypost.kernel.transaction import acting
from waypost.referrals import services as referrals

ORGANIZATIONS = 200
OWN = 20_000
INBOX = 10_000
# Names are put together from syllables, so that they are as many and as much alike as names are.
NAMES = """
CREATE TEMP TABLE given AS SELECT row_number() OVER () AS n, initcap(a || b) AS name
    FROM unnest('{ma,ro,lu,an,jo,el,ka,mi,sa,te,vi,da,ni,ha,ol}'::text[]) a,
         unnest('{ria,sa,is,na,se,ena,rl,nh,mir,resa,ktor,vid,na,san,ga}'::text[]) b;
CREATE TEMP TABLE family AS SELECT row_number() OVER () AS n, initcap(a || b || c) AS name
    FROM unnest('{del,gar,gon,her,mar,ngu,pet,smi,kow,ali,bro,cas,dom,est,fer,lop,rod,san,tor,wil}'::text[])
         a,
         unnest('{ga,ci,za,nan,ti,ye,ro,mo,al,da,i,te,in,e,o}'::text[]) b,
         unnest('{do,a,lez,dez,nez,n,va,th,ski,hmed,wn,tillo,guez,tes,nandes}'::text[]) c;
CREATE UNIQUE INDEX ON given (n); CREATE UNIQUE INDEX ON family (n); ANALYZE given; ANALYZE family;
"""
PEOPLE = """
INSERT INTO people_person (id, held_by_id, topic, sensitivities, given_name, family_name, called, pronouns,
    birth_date, language, interpreter_needed, usual_provider, source, registered_at, search_words)
SELECT gen_random_uuid(), held, 'identity', '{}', g.name, f.name, '', '', born, 'en', false, '', 'told_us',
    now(), lower(g.name || ' ' || f.name || ' ' || born::text)
    || ' 206555' || lpad((x.n %% 10000)::text, 4, '0')
FROM (SELECT n, CASE WHEN n <= %(own)s THEN %(ours)s::uuid
             ELSE (%(others)s::uuid[])[1 + n %% cardinality(%(others)s::uuid[])] END AS held,
             date '1930-01-01' + (n * 7919 %% 30000)::int AS born,
             1 + (n * 31 + n / 225) %% 225 AS gn, 1 + (n * 17 + n / 4500 * 5) %% 4500 AS fn
      FROM generate_series(1::bigint, %(people)s) n) x
JOIN given g ON g.n = gn JOIN family f ON f.n = fn
"""
REST = (
    """INSERT INTO people_nameword (held_by_id, word, person_id)
       SELECT DISTINCT held_by_id, w, id
       FROM people_person, unnest(ARRAY[lower(given_name), lower(family_name)]) w
       WHERE source = 'told_us' ON CONFLICT DO NOTHING""",
    """INSERT INTO people_contactpoint (id, held_by_id, topic, sensitivities, person_id, kind, value,
           postal_code, may_text, may_leave_message, note, source, noted_at)
       SELECT gen_random_uuid(), held_by_id, 'contact', '{}', id, 'phone', right(search_words, 10), '', false,
           false, '', 'told_us', now() FROM people_person""",
)
# A referral as the site wrote it, once for each of so many people: the row, its event, what it opens.
INBOXED = (
    """CREATE TEMP TABLE sent AS
       SELECT p.id AS person, gen_random_uuid() AS referral, row_number() OVER () AS n
       FROM people_person p WHERE p.held_by_id = %(ours)s AND p.id <> %(person)s LIMIT %(inbox)s""",
    """INSERT INTO referrals_referral SELECT (jsonb_populate_record(NULL::referrals_referral,
           to_jsonb(r)
           || jsonb_build_object('id', s.referral, 'person_id', s.person, 'reference', 'R-9-' || s.n,
                                 'need_id', gen_random_uuid()))).*
       FROM sent s, referrals_referral r WHERE r.id = %(referral)s""",
    """INSERT INTO disclosure_access SELECT (jsonb_populate_record(NULL::disclosure_access,
           to_jsonb(a)
           || jsonb_build_object('id', gen_random_uuid(), 'person_id', s.person, 'source_id', s.referral))).*
       FROM sent s, disclosure_access a WHERE a.source_id = %(referral)s""",
    """INSERT INTO referrals_referralevent SELECT (jsonb_populate_record(NULL::referrals_referralevent,
           to_jsonb(e)
           || jsonb_build_object('id', gen_random_uuid(), 'referral_id', s.referral))).*
       FROM sent s, referrals_referralevent e WHERE e.referral_id = %(referral)s""",
)


def fill(people: int, admin_url: str) -> tuple[Community, UUID]:
    """The tests' community within a network of this size; the person whose page is measured."""
    begun = time.perf_counter()
    at = filling.community()
    person = rosa(at.ana)
    need = food_need(at.ana, person)
    agree(at.ana, person)
    with acting(at.ana):
        sent = referrals.draft(actor=at.ana, person_id=person, need_id=need, service_id=at.groceries)
        referrals.plan_handoff(actor=at.ana, referral_id=sent, plan=plan_inbox())
        referrals.send(actor=at.ana, referral_id=sent)
    with psycopg.connect(admin_url) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(
            "INSERT INTO network_organization SELECT (jsonb_populate_record(NULL::network_organization,"
            " to_jsonb(o) || jsonb_build_object('id', gen_random_uuid(), 'name', 'Organization ' || n))).*"
            " FROM network_organization o, generate_series(1, %s) n WHERE o.id = %s",
            [ORGANIZATIONS - 5, at.stranger],
        )
        others = admin.execute(
            "SELECT array_agg(id) FROM network_organization WHERE id <> %s", [at.clinic]
        ).fetchone()
        given = {
            "own": OWN,
            "ours": at.clinic,
            "others": others[0] if others else [],
            "people": people,
            "inbox": INBOX,
            "person": person,
            "referral": sent,
        }
        admin.execute(NAMES)
        admin.execute(PEOPLE, given)
        for statement in (*REST, *INBOXED):
            admin.execute(statement, given if "%(" in statement else None)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute("VACUUM ANALYZE")
    taken = time.perf_counter() - begun
    print(f"filled {people:,} people of {ORGANIZATIONS} organizations, {INBOX:,} referrals in {taken:.0f} s")
    return at, person
