"""A conflict met and decided, and two listings merged and parted again, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import Somebody, without_site_scripts
from tests.browser.site import Site, run

pytestmark = pytest.mark.browser
WAYS = {"birch": (True, 1280), "maple": (True, 390), "willow": (False, 390)}


@pytest.fixture(params=list(WAYS))
def ivy(request: pytest.FixtureRequest, site: Site, chromium: Browser) -> Iterator[Somebody]:
    """The integrator, with and without scripts, at a desk and on a phone."""
    scripts, width = WAYS[request.param]
    run(site.environment, "system", "-m", "tests.browser.seed_sources", request.param)
    context = chromium.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 900})
    context.set_default_timeout(15_000)
    if scripts:
        without_site_scripts(context)
    yield Somebody(site=site, context=context, email="ivy@hub.example", scripts=scripts)
    context.close()


def test_a_conflict_is_met_and_decided(ivy: Somebody, request: pytest.FixtureRequest) -> None:
    feed = request.node.callspec.params["ivy"]

    # given: a feed contradicts two fields that people confirmed
    ivy.signs_in()
    ivy.opens("/upkeep/")
    ivy.presses("Conflicts")
    ivy.opens(f"/upkeep/conflicts/?source={feed}")
    for words in ("open@cedar.example", "new@cedar.example", "Ring twice", "Ring once", "by phone"):
        ivy.reads(words)

    # when: Ivy keeps one of ours and takes one of theirs
    ivy.opens(f"/upkeep/conflicts/?source={feed}&field=email")
    ivy.presses("Keep ours")
    ivy.reads("ours stays")
    ivy.opens(f"/upkeep/conflicts/?source={feed}")
    ivy.presses("Take theirs")
    ivy.reads("is shown now")
    ivy.reads("Nothing to decide.")

    # then: the listing says so, and what was decided can be read
    ivy.opens(f"/upkeep/conflicts/?source={feed}&status=kept")
    ivy.reads("new@cedar.example")
    ivy.presses("See the listing")
    ivy.reads("Ring once")
    assert ivy.faults == []


def test_two_listings_are_merged_and_parted_again(ivy: Somebody, request: pytest.FixtureRequest) -> None:
    feed = str(request.node.callspec.params["ivy"])
    name = feed.title()
    ivy.signs_in()
    ivy.opens(f"/upkeep/duplicates/?kind=organization&source={feed}")
    ivy.reads(f"{name} Foodbank Inc.")
    ivy.presses("Compare")
    ivy.reads("Same phone: (206) 555-0143")
    ivy.presses("Merge, keep A")
    ivy.reads("from now on")
    ivy.opens(f"/upkeep/hidden/?why=merged&q={name}")
    ivy.reads("is shown in its place")
    ivy.presses("Take the merge back")
    ivy.reads("Both listings are shown again")
    assert ivy.faults == []
