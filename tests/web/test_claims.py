"""The pages of a claim: find the listing, prove it, and the queue of the network's staff."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client

from tests.community import Community
from tests.rooms.messaging.told import last
from waypost.directory import services
from waypost.directory.models import Claim, Organization
from waypost.directory.services import ServiceEntry
from waypost.kernel.actors import Actor
from waypost.messaging import jobs

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]


@pytest.fixture
def church(community: Community) -> UUID:
    owner = services.create_organization(
        name="Harvest Church", website="https://www.harvest.example", phone="206-555-0188"
    )
    services.create_service(organization_id=owner, entry=ServiceEntry(name="Soup kitchen"))
    return owner


@pytest.fixture
def browsers(church: UUID, community: Community, sign_in: SignIn) -> dict[str, Client]:
    return {name: sign_in(Client(), getattr(community, name)) for name in ("olga", "sam", "ivy", "ana")}


def begun(browsers: dict[str, Client], church: UUID) -> str:
    return browsers["olga"].post(f"/listing/find/{church}/").headers["Location"]


def body(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_finding_the_listing_and_beginning(browsers: dict[str, Client], church: UUID) -> None:
    olga = browsers["olga"]
    assert "/listing/find/" in body(olga.get("/listing/"))
    assert "Look for “Alder Shelter Fund”" in body(olga.get("/listing/find/"))
    page = body(olga.get("/listing/find/?q=harv"))
    assert "Harvest Church" in page and "1 service listed" in page
    assert "No listing has this name." in body(olga.get("/listing/find/?q=zzz"))
    page = body(olga.get(f"/listing/find/{church}/"))
    assert "Is Harvest Church your organization?" in page and "Soup kitchen" in page
    page = body(olga.post(f"/listing/find/{church}/", follow=True))
    assert "It has to end in @harvest.example." in page and "206-555-0188" in page


def test_by_a_link_in_the_mail(browsers: dict[str, Client], church: UUID, community: Community) -> None:
    olga, address = browsers["olga"], begun(browsers, church)
    refused = olga.post(address, {"step": "email", "email": "me@gmail.com"})
    assert refused.status_code == 422
    assert "This address does not belong to the organization." in body(refused)
    assert 'value="me@gmail.com"' in body(refused)
    page = body(olga.post(address, {"step": "email", "email": "pastor@harvest.example"}, follow=True))
    assert "A link is on its way to pastor@harvest.example." in page
    jobs.send_link(last("claim.link_asked"))
    link = re.search(r"/listing/claims/link/\S+", mail.outbox[-1].body)
    assert link
    assert "Yes, we keep this listing" in body(olga.get(link.group()))  # opening alone proves nothing
    assert Organization.objects.get(pk=church).claimed_by_id is None
    page = body(olga.post(link.group(), follow=True))
    assert "The listing of Harvest Church is yours to keep." in page and "Soup kitchen" in page
    assert Organization.objects.get(pk=church).claimed_by_id == community.stranger
    assert "was used" in body(olga.post(link.group()))
    assert browsers["sam"].get(link.group()).status_code == 404
    assert "/accounts/login/" in Client().get(link.group()).headers["Location"]


def test_by_a_code_on_the_phone(browsers: dict[str, Client], church: UUID) -> None:
    olga, ivy, address = browsers["olga"], browsers["ivy"], begun(browsers, church)
    olga.post(address, {"step": "phone"})
    assert "Harvest Church" in body(ivy.get("/upkeep/claims/"))
    claim = Claim.objects.get().pk
    page = body(ivy.get(f"/upkeep/claims/{claim}/"))
    assert "206-555-0188" in page and "Make the code" in page
    answer = ivy.post(f"/upkeep/claims/{claim}/code/")
    assert "no-store" in answer.headers["Cache-Control"]
    code = re.search(r"<b>((?:\d ){5}\d)</b>", body(answer))
    assert code
    assert code.group(1) not in body(ivy.get(f"/upkeep/claims/{claim}/"))
    digits = code.group(1).replace(" ", "")
    wrong = olga.post(address, {"step": "code", "code": str((int(digits) + 1) % 10**6).zfill(6)})
    assert wrong.status_code == 422 and "You can try 4 more times." in body(wrong)
    page = body(olga.post(address, {"step": "code", "code": digits}, follow=True))
    assert "The listing is yours to keep." in page


def test_by_asking_the_networks_staff(
    browsers: dict[str, Client], church: UUID, community: Community
) -> None:
    olga, ivy, address = browsers["olga"], browsers["ivy"], begun(browsers, church)
    assert "Say why the listing is yours." in body(olga.post(address, {"step": "review", "words": " "}))
    olga.post(address, {"step": "review", "words": "Our pastor has no phone."})
    claim = Claim.objects.get().pk
    page = body(ivy.get(f"/upkeep/claims/{claim}/"))
    assert "Our pastor has no phone." in page and "Alder Shelter Fund" in page
    refused = ivy.post(f"/upkeep/claims/{claim}/", {"decision": "grant", "words": ""})
    assert refused.status_code == 422 and "Say how you know" in body(refused)
    ivy.post(f"/upkeep/claims/{claim}/", {"decision": "refuse", "words": "We know the pastor."})
    assert "We know the pastor." in body(olga.get(address))
    assert "You refused" not in body(olga.get(address))
    assert Organization.objects.get(pk=church).claimed_by_id is None
    assert claim and "Refused" in body(ivy.get("/upkeep/claims/?show=other"))


def test_taking_it_back(browsers: dict[str, Client], church: UUID) -> None:
    olga, address = browsers["olga"], begun(browsers, church)
    page = body(olga.post(address, {"step": "withdraw"}, follow=True))
    assert "You took the claim back." in page
    refused = olga.post(address, {"step": "phone"})
    assert refused.status_code == 422 and "in the meantime" in body(refused)
    assert olga.post(address, {"step": "nonsense"}).status_code == 404


def test_a_kept_listing_needs_a_reason(browsers: dict[str, Client], community: Community) -> None:
    kept = Organization.objects.get(name="Cedar Food Bank").pk
    olga = browsers["olga"]
    assert "Another organization keeps this listing." in body(olga.get(f"/listing/find/{kept}/"))
    refused = olga.post(f"/listing/find/{kept}/", {"words": ""})
    assert refused.status_code == 422 and "Say why it is yours." in body(refused)
    page = body(olga.post(f"/listing/find/{kept}/", {"words": "We merged."}, follow=True))
    assert "You get a message when they have decided." in page
    assert "keeps this listing already" in body(browsers["sam"].get(f"/listing/find/{kept}/"))


def test_who_gets_in(browsers: dict[str, Client], church: UUID) -> None:
    address = begun(browsers, church)
    claim = Claim.objects.get().pk
    assert browsers["sam"].get(address).status_code == 404
    assert browsers["sam"].post(address, {"step": "withdraw"}).status_code == 404
    for name in ("ana", "ivy"):
        assert browsers[name].get(address).status_code == 403
    for name in ("ana", "sam", "olga"):
        assert browsers[name].get("/upkeep/claims/").status_code == 403
        assert browsers[name].get(f"/upkeep/claims/{claim}/").status_code == 403
        assert browsers[name].post(f"/upkeep/claims/{claim}/code/").status_code == 403
        assert browsers[name].post(f"/upkeep/claims/{claim}/", {"decision": "grant"}).status_code == 403
