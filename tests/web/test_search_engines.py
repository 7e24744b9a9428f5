"""What search engines may read, and what they never do: sitemaps.org 0.9, RFC 9309, schema.org."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client

from tests.community import FOOD, Community
from tests.web.listed import KITCHEN, kitchen, text
from waypost.directory import services as directory
from waypost.directory.models import Service, UnmetNeed
from waypost.directory.selectors import sitemap
from waypost.directory.services import PlaceEntry

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    cache.clear()


def locations(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, "application/xml")
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    return [each.text or "" for each in root.findall(".//s:loc", NAMES)]


def head(client: Client, address: str) -> str:
    return text(client, address).partition("</head>")[0]


def block(page: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1]) if found else None


def test_the_site_map_leads_to_every_service_that_is_offered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PIECE", 2)
    organization, first = kitchen()
    ids = {first} | {
        directory.create_service(organization_id=organization, name=f"Soup {number}")  # type: ignore[arg-type]
        for number in range(4)
    }
    gone = {"hidden_why": "gone"}, {"status": "closed"}, {"expires_on": "2020-01-01"}
    for change in gone:
        one = directory.create_service(organization_id=organization, name="Gone")  # type: ignore[arg-type]
        Service.objects.filter(pk=one).update(**change)
    pieces = locations(client, "/sitemap.xml")
    assert len(pieces) == 3  # five services, two in a file
    paths = [each.removeprefix("http://127.0.0.1:8000") for each in pieces]
    found = [each for path in paths for each in locations(client, path)]
    assert len(found) == 5
    assert {each.rstrip("/").rpartition("/")[2] for each in found} == {str(each) for each in ids}


def test_robots_are_told_where_the_map_is(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert any(re.fullmatch(r"Sitemap: https?://[^/]+/sitemap\.xml", line) for line in lines)


def test_a_closed_directory_is_kept_from_search_engines(
    client: Client, community: Community, settings: Any
) -> None:
    settings.PUBLIC_DIRECTORY = False
    assert client.get("/robots.txt").content.decode().splitlines() == ["User-agent: *", "Disallow: /"]
    assert client.get("/sitemap.xml").status_code == 404
    assert client.get(f"/sitemap/{community.pantry}/").status_code == 404


@pytest.mark.parametrize(
    ("address", "indexed"),
    [
        ("/", True),
        (f"/?need={FOOD}", True),
        ("/about/", True),
        ("/?q=food", False),
        (f"/?need={FOOD}&now=1", False),
    ],
)
def test_which_pages_may_be_indexed(
    client: Client, community: Community, address: str, indexed: bool
) -> None:
    page = head(client, address)
    assert ("noindex" not in page) == indexed
    if indexed:
        assert re.search(r'<meta name="description" content="[^"]{10,}">', page)
        assert re.search(r'<link rel="canonical" href="http[^"]+' + re.escape(address) + '">', page)


def test_pages_of_the_staff_are_not_indexed(ana: Client) -> None:
    assert '<meta name="robots" content="noindex">' in head(ana, "/directory/")


def test_a_service_says_what_it_is_to_machines(client: Client) -> None:
    _organization, service = kitchen(description="Lunch </script><b>& more")
    page = head(client, f"/services/{service}/")
    data = block(page)
    assert data["@type"] == "Service"
    assert data["provider"]["name"] == "Hope Kitchen"
    assert data["description"] == "Lunch & more"  # as readers see it: without tags
    assert data["availableChannel"]["servicePhone"]["telephone"] == "206-555-0199"
    assert data["availableChannel"]["serviceLocation"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "400 Yesler Way",
        "addressLocality": "Seattle",
        "addressRegion": "WA",
        "postalCode": "98104",
    }
    assert page.count("</script>") == page.count("<script")


def test_nothing_confidential_is_told_to_machines(client: Client) -> None:
    hidden = PlaceEntry(
        name="Nest", address_1="9 Secret Ln", city="Tukwila", latitude=47.4, confidential=True
    )
    _organization, service = kitchen(place=hidden)
    page = head(client, f"/services/{service}/")
    assert "serviceLocation" not in page
    assert "Secret" not in page and "Tukwila" not in page
    line = directory.create_organization(name="DV Line", is_victim_service=True)
    hotline = directory.create_service(organization_id=line, entry=KITCHEN, name="Safe line")
    page = head(client, f"/services/{hotline}/")
    assert block(page) is None
    assert "Yesler" not in page and "Lunch for" not in page


def test_a_service_that_is_not_offered_any_more_is_not_indexed(client: Client) -> None:
    _organization, service = kitchen(status="inactive")
    assert "noindex" in head(client, f"/services/{service}/")


def test_a_machines_visit_is_nobodys_need(client: Client, community: Community) -> None:
    client.get("/?need=digital-access", headers={"User-Agent": "Examplebot/2.1"})
    assert not UnmetNeed.objects.exists()
