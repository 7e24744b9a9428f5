"""What the page of an import says before it is done, and how far a feed is believed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.web.conftest import SignIn
from tests.web.reading import FOUND, text
from tests.web.test_upkeep_imports import ORGANIZATIONS, bring, confirmed, file
from waypost.directory.models import Feed, Organization, Precedence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.IMPORT_DIR = tmp_path / "imports"  # type: ignore[attr-defined]
    yield


@pytest.fixture
def ivy(community: Community, sign_in: SignIn) -> Client:
    return sign_in(Client(), community.ivy)


def test_a_look_says_what_columns_mean_and_codes_in_words(ivy: Client) -> None:
    services_ = "id,organization_id,name,status,colour\ns1,o1,Food pantry,active,green\n"
    hours = 'id,service_id,freq,byday,opens_at,closes_at\nh1,s1,WEEKLY,"MO,2TU",09:00,17:00\n'
    run = bring(
        ivy,
        file("organizations.csv", ORGANIZATIONS),
        file("services.csv", services_),
        file("schedules.csv", hours),
    )
    page = text(ivy.get(reverse("import", args=[run.id])))
    assert 'Service: name <span class="small soft">services.name</span>' in page
    assert 'The organization it belongs to <span class="small soft">services.organization_id' in page
    assert "kept beside the listing, not shown" in page and "green" in page
    assert "Monday, second Tuesday" in page and "every week" in page
    assert 'Kinds of need <span class="small soft">services.need_categories</span>' in page
    assert "food-insecurity" not in page


def test_a_whole_feed_says_before_what_it_would_hide(ivy: Client) -> None:
    more = ORGANIZATIONS + "".join(f"o{n},Agency {n}\n" for n in range(10, 20))
    confirmed(ivy, bring(ivy, file("organizations.csv", more)))
    feed = str(Feed.objects.get(source="County").id)
    run = bring(ivy, file("organizations.csv", more), feed=feed, whole="whole")
    assert "none would be hidden" in text(ivy.get(reverse("import", args=[run.id])))
    run = bring(ivy, file("organizations.csv", more.replace("o19,Agency 19\n", "")), feed=feed, whole="whole")
    page = text(ivy.get(reverse("import", args=[run.id])))
    assert "Listings that would be hidden: up to 1." in page
    assert not Organization.objects.exclude(hidden_why="").exists()
    run = bring(ivy, file("organizations.csv", ORGANIZATIONS), feed=feed, whole="whole")
    page = text(ivy.get(reverse("import", args=[run.id])))
    assert "more than a fifth of what the feed had is missing" in page
    assert confirmed(ivy, run).state == "done"
    assert Organization.objects.filter(source="County", hidden_why="gone").count() == 10


def test_a_feed_is_put_before_or_behind_others_in_its_page(ivy: Client) -> None:
    confirmed(ivy, bring(ivy, file("organizations.csv", ORGANIZATIONS)))
    feed = Feed.objects.get(source="County")
    address = reverse("feed", args=[feed.id])
    assert "among other feeds: the listing" in text(ivy.get(address))
    for place, rank in (("behind", 700), ("before", 300), ("people", 10)):
        assert ivy.post(reverse("feed_rank", args=[feed.id]), {"place": place}).status_code == FOUND
        assert list(Precedence.objects.values_list("source", "field", "rank")) == [("County", "", rank)]
    assert ivy.post(reverse("feed_rank", args=[feed.id]), {"place": "among"}).status_code == FOUND
    assert not Precedence.objects.exists()
    answer = ivy.post(reverse("feed_rank", args=[feed.id]), {"place": "top"}, follow=True)
    assert "Choose one of the places." in text(answer)
