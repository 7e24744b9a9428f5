"""Confidential places and victim services leave by no path: page, list, map, distance, export, mail, log.

Both are planted with unmistakable words (``planted``), then every address of the site is opened, whoever may
open it: an address that is added later is opened here too. Nobody but the organization that keeps a listing
may read what is planted, so nobody of it walks here.
"""

import logging
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from tests.community import Community, food_need, plan_inbox, rosa
from tests.web.addresses import patterns
from tests.web.planted import FAR, HOTLINE, NEAR, NEED, OTHER_WORD, WORD, Planted, listing_tables, plant, told
from waypost.directory import services as directory
from waypost.directory.selectors import SearchQuery, listing_for_referral, listings, search, service_page
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.network.services import add_organization
from waypost.referrals import services as referrals
from waypost.screening.services import add_need

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]
WALKERS = ("nobody", "ana", "lee", "ito", "sam", "olga", "ivy")
QUESTIONS = (
    "",
    f"?q=rooms&zip={NEAR}",
    f"?q=line&zip={NEAR}&miles=5",
    f"?q={OTHER_WORD}",
    "?q=quoka",
    f"?need={NEED}&page=1",
    "?format=csv",
    "?format=json&full=true&per_page=100",
)
MOST_IDS = 6


@pytest.fixture
def planted(community: Community) -> Planted:
    return plant(add_organization(name="Harbor Family Help", kind="cbo"))


@pytest.fixture
def ids(community: Community, planted: Planted) -> dict[str, tuple[UUID, ...]]:
    """Ids for the parameters of addresses; parameters not named here get every id that was planted."""
    ana = community.ana
    person = rosa(ana)
    with acting(ana):
        need = add_need(actor=ana, person_id=person, category=NEED, wants_help="yes", source="told_us")
        sent = referrals.draft(actor=ana, person_id=person, need_id=need, service_id=planted.shelter)
        plan = plan_inbox(handoff="take_along", next_move="person_goes")
        referrals.plan_handoff(actor=ana, referral_id=sent, plan=plan)
        referrals.send(actor=ana, referral_id=sent)
        draft = referrals.draft(actor=ana, person_id=person, need_id=need, service_id=planted.shelter)
    victims = planted.organizations[1]
    claim = directory.ask_claim(actor=community.olga, organization_id=victims)
    directory.prove_by_phone(actor=community.olga, claim_id=claim)
    return {
        "claim_id": (claim,),
        "person_id": (person,),
        "need_id": (need, food_need(ana, person)),
        "referral_id": (sent, draft),
        "service_id": planted.services,
        "organization_id": planted.organizations,
    }


def addresses(ids: dict[str, tuple[UUID, ...]], planted: Planted) -> Iterator[str]:
    """Every address with each fitting id; one parameter varies, further ones take the first that fits."""
    for route, _entry in patterns():
        if route.startswith(("accounts/", "static")):
            continue
        parts = route.split("/")
        holes = [part for part in parts if "<" in part]
        fitting = [ids.get(_name(part), planted.everything[:MOST_IDS]) for part in holes]
        for number in range(max((len(each) for each in fitting), default=1)):
            filled = {
                part: str(given[min(number, len(given) - 1)])
                for part, given in zip(holes, fitting, strict=True)
            }
            yield "/" + "/".join(_with(part, filled) for part in parts)


def _name(part: str) -> str:
    return part[part.index("<") + 1 : part.index(">")].rsplit(":", maxsplit=1)[-1]


def _with(part: str, filled: dict[str, str]) -> str:
    if part not in filled:
        return part
    return part[: part.index("<")] + filled[part] + part[part.index(">") + 1 :]


@pytest.fixture(params=WALKERS)
def walker(
    request: pytest.FixtureRequest, community: Community, ids: dict[str, tuple[UUID, ...]], sign_in: SignIn
) -> Client:
    """A browser of somebody who may not read it: of each role, of several organizations, or of nobody."""
    client = Client(raise_request_exception=False)
    return client if request.param == "nobody" else sign_in(client, getattr(community, request.param))


def test_no_page_tells_it(
    planted: Planted,
    ids: dict[str, tuple[UUID, ...]],
    walker: Client,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    leaks, read = {}, 0
    chosen = "&".join(f"service={each}" for each in planted.services)
    for address in addresses(ids, planted):
        questions = (
            QUESTIONS if not any(str(each) in address for each in planted.everything) else QUESTIONS[:1]
        )
        for question in (*questions, f"?{chosen}"):
            answer = walker.get(address + question)
            body = answer.getvalue()
            read += answer.status_code == 200
            if answer.status_code in {301, 302, 403, 404, 405}:
                break  # nothing else will come of other questions
            if found := told(body) or told(str(answer.headers)):
                leaks[address + question] = found
    assert leaks == {}
    assert read > 10
    assert told(" ".join(record.getMessage() for record in caplog.records)) == []
    assert told(" ".join(f"{each.subject} {each.body} {each.message()}" for each in mail.outbox)) == []
    _nothing_was_written_down()


def _nothing_was_written_down() -> None:
    """No table but the listing's own holds it: no audit, event, notice, job, session, search table."""
    own = {table._meta.db_table for table in listing_tables()}
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            if table in own:
                continue
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")  # noqa: S608 - a table's own name
            assert told(cursor.fetchone()[0] or "") == [], table


def test_no_card_holds_it(planted: Planted) -> None:
    for each in planted.services:
        assert told(repr(service_page(each))) == []
        assert told(repr(listing_for_referral(each))) == []
    assert told(repr(listings(planted.services))) == []


def test_a_victim_service_shows_its_hotline(client: Client, planted: Planted) -> None:
    page = client.get(f"/services/{planted.hotline}/").content.decode()
    assert HOTLINE in page
    assert "Help line" in page
    assert [each.number for each in listing_for_referral(planted.hotline).phones] == [HOTLINE]


def test_no_word_of_it_leads_to_the_listing(planted: Planted) -> None:
    for words in (OTHER_WORD, WORD, "quoka"):
        found = search(SearchQuery(words=words), with_facets=True)
        assert {hit.listing.id for hit in found.hits} & set(planted.services) == set(), words
        assert told(found.did_you_mean) == []
    beside, without = (
        search(SearchQuery(words=f"family {each}"), with_facets=True) for each in (WORD, "Zyzzyx")
    )
    assert [hit.listing.id for hit in beside.hits] == [hit.listing.id for hit in without.hits]
    assert beside.facets == without.facets


@pytest.mark.parametrize("zip_code", [NEAR, FAR])
def test_no_place_changes_what_is_found_or_how_far_it_is(planted: Planted, zip_code: str) -> None:
    """A distance, or being found only near by, would tell where it is: both are found everywhere alike."""
    for miles in (1.0, 25.0, 100.0):
        found = search(SearchQuery(need=NEED, zip=zip_code, radius_miles=miles))
        told_of = {hit.listing.id: hit for hit in found.hits}
        assert set(told_of) == set(planted.services)
        assert [hit.miles for hit in found.hits] == [None, None]
        assert all(place.miles is None for hit in found.hits for place in hit.listing.places)
        assert found.without_place == len(planted.services)


def test_serving_an_address_says_nothing_of_where_it_is(planted: Planted) -> None:
    near, far = (
        {hit.listing.id for hit in search(SearchQuery(need=NEED, zip=each, serves_only=True)).hits}
        for each in (NEAR, FAR)
    )
    assert near == far
