"""The HSDS API over HTTP: parameters, pages, tags, errors, who may read, what never leaves."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.community import Community
from waypost.directory import services as directory
from waypost.directory.models import (
    Address,
    Attribute,
    Contact,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceChange,
    Taxonomy,
    TaxonomyTerm,
)  # fmt: skip
from waypost.directory.services import PhoneEntry, PlaceEntry
from waypost.interop.hsds.exporter import export_directory
from waypost.kernel.clock import now, today

pytestmark = pytest.mark.django_db
BASE = "/hsds/v3"
Known = dict[str, Any]
GROCERIES, PANTRY, LEGAL = "Weekly groceries", "St. Luke pantry", "Legal clinic"


@pytest.fixture(autouse=True)
def quickly(settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 1_000_000


def get(client: Client, path: str, status: int = 200, **headers: str) -> Any:
    answer = client.get(f"{BASE}{path}", headers=headers)
    assert answer.status_code == status, answer.content[:300]
    return answer.json() if answer.content else None


def names(client: Client, path: str) -> set[str]:
    return {each["name"] for each in get(client, path)["contents"]}


@pytest.fixture
def listed(community: Community) -> Known:
    """Three services of two organizations, with a term, places and hours."""
    taxonomy = Taxonomy.objects.create(name="Kinds")
    term = TaxonomyTerm.objects.create(name="Food pantry", taxonomy_detail=taxonomy)
    below = TaxonomyTerm.objects.create(name="Halal pantry", parent=term, taxonomy_detail=taxonomy)
    for service in (community.groceries, community.pantry):
        Attribute.objects.create(link_id=service, link_entity="service", taxonomy_term=term)
    Attribute.objects.create(link_id=community.pantry, link_entity="service", taxonomy_term=below)
    church = Service.objects.get(pk=community.pantry).organization_id
    legal = directory.create_service(
        organization_id=church,
        name="Legal clinic",
        description="Letters from the landlord",
        phones=[PhoneEntry("206-555-0101")],
        place=PlaceEntry(name="Hall", address_1="1 Elm St", city="Seattle", state_province="WA",
                         postal_code="98144", latitude=47.585, longitude=-122.300),
        areas=["King County"],
    )  # fmt: skip
    directory.catch_up()
    return {"taxonomy": taxonomy.id, "term": term.id, "below": below.id, "church": church, "legal": legal}


def test_everything_that_is_asked_must_hold(client: Client, community: Community, listed: Known) -> None:
    assert names(client, "/services") == {GROCERIES, PANTRY, LEGAL}
    assert names(client, "/services?search=groceries") == {GROCERIES, PANTRY}
    assert names(client, f"/services?search=groceries&organization_id={listed['church']}") == {PANTRY}
    assert names(client, f"/services?taxonomy_term_id={listed['term']}") == {
        GROCERIES,
        PANTRY,
    }
    both = f"/services?taxonomy_term_id={listed['term']}&taxonomy_term_id={listed['below']}"
    assert names(client, both) == {PANTRY}
    assert names(client, f"/services?taxonomy_id={listed['taxonomy']}&search=meal") == {PANTRY}
    assert names(client, f"/services?taxonomy_id={uuid4()}") == set()
    assert names(client, "/services?organization_id=nobody") == set()
    assert names(client, f"/organizations?taxonomy_term_id={listed['below']}") == {"St. Luke Church"}
    assert names(client, "/organizations?search=church") == {"St. Luke Church"}
    assert names(client, f"/taxonomy_terms?parent_id={listed['term']}") == {"Halal pantry"}
    assert names(client, f"/taxonomy_terms?top_only=true&taxonomy_id={listed['taxonomy']}") == {"Food pantry"}
    assert names(client, "/taxonomy_terms?search=halal&top_only=true") == set()
    assert names(client, "/taxonomies?search=kinds") == {"Kinds"}


def test_places_by_postcode_and_distance(client: Client, listed: Known) -> None:
    def found(asked: str) -> int:
        return int(get(client, f"/service_at_locations?{asked}")["total_items"])

    assert found("postcode=98144") == 1  # in King County, which is served
    assert found("postcode=10001") == 0  # New York is not
    assert found("postcode=98144&proximity=5000") == 1
    assert found("postcode=98101&proximity=200") == 0  # some kilometres away
    assert found("postcode=00000&proximity=5000") == 0
    assert found(f"organization_id={listed['church']}&search=landlord") == 1
    get(client, "/service_at_locations?proximity=5000", status=400)


def test_what_changed_since(client: Client, community: Community, listed: Known) -> None:
    ServiceChange.objects.update(changed_at=now() - timedelta(days=10))
    moment = (now() - timedelta(days=1)).isoformat().replace("+00:00", "Z")
    assert names(client, f"/services?modified_after={moment}") == set()
    Phone.objects.create(service_id=community.groceries, number="206-555-0199")
    assert names(client, f"/services?modified_after={moment}") == {GROCERIES}
    assert names(client, f"/services?modified_after={moment[:10]}") == {GROCERIES}
    Service.objects.filter(pk=listed["legal"]).update(last_modified=now())
    assert names(client, f"/services?modified_after={moment}") == {GROCERIES, LEGAL}
    short = get(client, "/services?minimal=true")
    assert short["total_pages"] == 1 and all(
        set(each) == {"id", "modified_date"} for each in short["contents"]
    )
    assert get(client, f"/service_at_locations?modified_after={moment}")["total_items"] == 1


def test_pages_and_their_links(client: Client, community: Community, listed: Known) -> None:
    answer = client.get(f"{BASE}/services?per_page=2&page=2")
    page = answer.json()
    assert (page["total_items"], page["total_pages"], page["page_number"], page["size"]) == (3, 2, 2, 1)
    assert (page["first_page"], page["last_page"], page["empty"]) == (False, True, False)
    assert 'per_page=2&page=1>; rel="prev"' in answer.headers["Link"]
    beyond = get(client, "/services?page=9")
    assert (beyond["empty"], beyond["contents"], beyond["total_items"]) == (True, [], 3)


def test_lines(client: Client, listed: Known) -> None:
    answer = client.get(f"{BASE}/services?format=ndjson&full=true")
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]  # type: ignore[attr-defined]
    assert {each["name"] for each in lines} == {GROCERIES, PANTRY, LEGAL}
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    assert lines == [
        get(client, f"/services?full=true&per_page=1&page={n}")["contents"][0] for n in (1, 2, 3)
    ]
    one = client.get(f"{BASE}/services?format=ndjson&per_page=1&page=2")
    assert len(one.content.splitlines()) == 1


def test_post_asks_the_same(client: Client, listed: Known) -> None:
    for table in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
        asked = client.post(
            f"{BASE}/{table}?per_page=2", {"search": "pantry"}, content_type="application/json"
        )
        assert asked.json() == get(client, f"/{table}?per_page=2&search=pantry")
        assert client.post(f"{BASE}/{table}", content_type="application/json").json() == get(
            client, f"/{table}"
        )
    twice = client.post(f"{BASE}/services?search=a", {"search": "b"}, content_type="application/json")
    assert twice.status_code == 400
    assert client.post(f"{BASE}/services", {"search": "b"}).status_code == 400  # a form is not JSON


def test_a_tag_saves_sending_it_again(client: Client, community: Community) -> None:
    path = f"/services/{community.groceries}"
    first = client.get(f"{BASE}{path}")
    tag = first.headers["ETag"]
    assert "Last-Modified" in first.headers
    for held in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = client.get(f"{BASE}{path}", headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(f"{BASE}{path}", headers=since).status_code == 304
    assert client.get(f"{BASE}{path}", headers={**since, "If-None-Match": '"other"'}).status_code == 200
    Phone.objects.create(service_id=community.groceries, number="206-555-0199")
    assert client.get(f"{BASE}{path}", headers={"If-None-Match": tag}).status_code == 200
    assert client.head(f"{BASE}{path}").content == b""
    assert client.get(f"{BASE}/services", headers={"If-None-Match": get_tag(client)}).status_code == 304


def get_tag(client: Client) -> str:
    return str(client.get(f"{BASE}/services").headers["ETag"])


BAD = [
    "page=0", "page=-1", "page=x", "page=1.5", "page=99999999999", "per_page=0", "per_page=1000000",
    "full=yes",
    "minimal=1", "format=xml", "modified_after=yesterday", "modified_after=0001-01-01T00:00:00%2B14:00",
    "serch=food", "page=1&page=2", "search=%00", f"search={'x' * 501}", "full=true&minimal=true",
    "hsds_version=2", "organization_id=a&organization_id=b",
]  # fmt: skip


@pytest.mark.parametrize("asked", BAD)
def test_a_bad_parameter_is_told_in_words(client: Client, asked: str) -> None:
    answer = get(client, f"/services?{asked}", status=400)
    assert answer["status"] == 400
    assert answer["error"].endswith(".")


def test_errors_are_json(client: Client, community: Community) -> None:
    for path in (f"/services/{uuid4()}", "/services/%00", "/services/not-an-id", "/nothing", "/services/a/b"):
        assert get(client, path, status=404)["status"] == 404
    for method in (client.put, client.patch, client.delete):
        answer = method(f"{BASE}/services")
        assert (answer.status_code, answer.json()["status"]) == (405, 405)
        assert answer.headers["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.post(f"{BASE}/services/{community.groceries}").status_code == 405


def test_scripts_of_other_sites_may_read(client: Client, community: Community) -> None:
    for path in ("/", "/services", f"/services/{uuid4()}"):
        answer = client.get(f"{BASE}{path}", headers={"Origin": "https://elsewhere.example"})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
    asked = client.options(f"{BASE}/services", headers={"Origin": "https://elsewhere.example"})
    assert (asked.status_code, asked.content) == (204, b"")
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x"]
)
@pytest.mark.parametrize(
    "body", [b"x" * 3_000_000, b"[" * 100_000, b"\xff\xfe", b'{"page": 1e400}', b'{"search": "\\ud800"}']
)
def test_a_body_that_cannot_be_one_is_refused_as_json(client: Client, body: bytes, content_type: str) -> None:
    answer = client.generic("POST", f"{BASE}/services", body, content_type=content_type)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/json")
    assert len(answer.json()["error"]) > 10


def test_nobody_is_known_here(client: Client, community: Community, ana: Client) -> None:
    answer = ana.get(f"{BASE}/services")
    assert (answer.status_code, answer.cookies, answer.headers["Cache-Control"]) == (
        200,
        {},
        "public, max-age=60",
    )
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.content == client.get(f"{BASE}/services").content


def test_a_directory_kept_to_itself_answers_nobody(
    client: Client, community: Community, settings: Any
) -> None:
    settings.PUBLIC_DIRECTORY = False
    for path in ("/", "/services", "/openapi.json", f"/services/{community.groceries}", "/tombstones"):
        assert "not open" in get(client, path, status=403)["error"]


def test_too_often_is_told_when_to_come_again(client: Client, community: Community, settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    address = {"REMOTE_ADDR": "192.0.2.77"}
    answers = [client.get(f"{BASE}/taxonomies", **address) for _ in range(5)]  # type: ignore[arg-type]
    assert answers[-1].status_code == 429
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert client.get(f"{BASE}/taxonomies", REMOTE_ADDR="192.0.2.78").status_code == 200


def test_words_of_the_newer_version(client: Client, community: Community, settings: Any) -> None:
    Schedule.objects.create(service_id=community.groceries, freq="WEEKLY", byday="MO")
    path = f"/services/{community.groceries}"
    older, newer = get(client, path), get(client, f"{path}?hsds_version=3.3")
    assert "operating_hours" not in older and "schedules" not in newer
    assert newer["operating_hours"] == older["schedules"]
    assert older["schedules"][0]["waypost"]["time_zone"] == "America/Los_Angeles"
    settings.HSDS_VERSION = "3.3"
    assert get(client, path) == newer
    assert get(client, "/")["version"] == "3.3"


def test_a_page_costs_the_same_whatever_is_on_it(client: Client, community: Community) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            get(client, "/services?full=true&per_page=100")
        return len(caught)

    organization = Organization.objects.get(name="St. Luke Church").id
    _many(organization, 5)
    few = statements()
    _many(organization, 90)
    assert get(client, "/services?full=true&per_page=100")["size"] == 97
    assert statements() == few <= 35


def _many(organization: UUID, count: int) -> None:
    for number in range(count):
        directory.create_service(
            organization_id=organization,
            name=f"Service {number}",
            phones=[PhoneEntry("206-555-0101")],
            languages=["Spanish"],
            required_documents=["Proof of address"],
            place=PlaceEntry(name=f"Place {number}", city="Seattle"),
        )
    directory.catch_up()


def test_hidden_listings_are_tombstones(client: Client, community: Community, listed: Known) -> None:
    gone = now()
    Service.objects.filter(pk=community.pantry).update(
        hidden_why="merged", hidden_at=gone, merged_into=community.groceries
    )
    Organization.objects.filter(name="Cedar Food Bank").update(hidden_why="do_not_list", hidden_at=gone)
    Service.objects.filter(pk=listed["legal"]).update(expires_on=today() - timedelta(days=1))
    assert names(client, "/services") == set()
    assert names(client, "/organizations") == {"St. Luke Church"}
    stone = get(client, f"/services/{community.pantry}", status=410)
    assert (stone["why"], stone["merged_into"]) == ("merged", str(community.groceries))
    assert get(client, f"/services/{community.groceries}", status=410)["why"] == "do_not_list"
    assert get(client, f"/services/{listed['legal']}", status=410)["why"] == "expired"
    told = {(each["kind"], each["why"]) for each in get(client, "/tombstones")["contents"]}
    assert told == {("service", "merged"), ("service", "do_not_list"), ("service", "expired"),
                    ("organization", "do_not_list")}  # fmt: skip
    tomorrow = (now() + timedelta(days=1)).isoformat().replace("+00:00", "Z")
    assert get(client, f"/tombstones?modified_after={tomorrow}")["total_items"] == 0


SECRETS = (
    "Secret Lane",
    "47.61",
    "98109",
    "secret@shelter.example",
    "Rose Keeper",
    "Hidden House",
    "night door",
)


def test_confidential_places_and_victim_services_leave_by_no_path(
    client: Client, community: Community, tmp_path: Path
) -> None:
    house, joint, victim, line = _secrets(community)
    paths = [f"/{table}?{asked}" for table in ("services", "organizations", "service_at_locations")
             for asked in ("", "full=true", "search=keeper", "search=secret")]  # fmt: skip
    paths += [f"/services/{community.groceries}", f"/services/{line}", f"/organizations/{victim}",
              f"/organizations/{victim}?full_service=true", "/organizations?full_service=true&full=true",
              "/service_at_locations?postcode=98109&proximity=1000", "/tombstones"]  # fmt: skip
    everything = "\n".join(client.get(f"{BASE}{path}").content.decode() for path in paths)
    lines = client.get(f"{BASE}/services?format=ndjson&full=true")
    everything += b"".join(lines.streaming_content).decode()  # type: ignore[attr-defined]
    for form in ("tabular", "json", "ndjson"):
        out = tmp_path / form
        export_directory(form, out)
        files = out.iterdir() if out.is_dir() else [out]
        everything += "".join(file.read_text(encoding="utf-8") for file in files)
    for secret in (*SECRETS, str(house), str(joint)):
        assert secret not in everything, secret
    get(client, f"/service_at_locations/{joint}", status=404)
    told = get(client, f"/services/{line}")
    assert told["phones"] == [{"id": told["phones"][0]["id"], "number": "206-555-0188", "type": "voice"}]
    assert set(told) == {"id", "name", "status", "organization", "phones", "waypost"}
    assert set(told["waypost"]) == {"modified_at", "need_categories"}
    assert told["organization"].keys() == {"id", "name", "description"}
    assert told["organization"]["description"] == ""


def _secrets(community: Community) -> tuple[UUID, UUID, UUID, UUID]:
    house = Location.objects.create(
        name="Hidden House", latitude=47.61, longitude=-122.33, coordinates_status="given", confidential=True,
        organization_id=Service.objects.get(pk=community.groceries).organization_id,
    )  # fmt: skip
    Address.objects.create(location=house, address_1="9 Secret Lane", city="Seattle", postal_code="98109")
    joint = ServiceAtLocation.objects.create(service_id=community.groceries, location=house)
    Schedule.objects.create(service_at_location=joint, description="by the night door")
    Contact.objects.create(location=house, service_id=community.groceries, name="Rose Keeper")
    victim = Organization.objects.create(
        name="Safe Line",
        description="At 9 Secret Lane",
        email="secret@shelter.example",
        is_victim_service=True,
    )
    place = Location.objects.create(organization=victim, name="Hidden House")
    line = Service.objects.create(
        organization=victim, name="Hotline", status="active", description="Ask for Rose Keeper",
        need_categories=["intimate-partner-violence"],
    )  # fmt: skip
    ServiceAtLocation.objects.create(service=line, location=place)
    Contact.objects.create(service=line, name="Rose Keeper")
    Phone.objects.create(service=line, number="206-555-0188", type="voice", description="at the night door")
    directory.catch_up()
    return house.id, joint.id, victim.id, line.id
