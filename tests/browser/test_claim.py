"""An organization finds its listing, proves by e-mail that it is its own, and keeps it from then on."""

import email
import re
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.people import Somebody
from tests.browser.site import Site, run

pytestmark = pytest.mark.browser
OLD, NEW = "206-555-0150", "206-555-0177"


@pytest.fixture(scope="module", autouse=True)
def unclaimed(site: Site) -> None:
    """Listings that nobody keeps."""
    run(site.environment, "owner", "-m", "tests.browser.seed_claim")


@pytest.fixture
def somebody(site: Site, chromium: Browser) -> Iterator[Callable[[str, bool], Somebody]]:
    """Signs people in at a phone each, with or without scripts."""
    made: list[BrowserContext] = []

    def sign_in(address: str, scripts: bool) -> Somebody:
        context = chromium.new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 844})
        context.set_default_timeout(15_000)
        made.append(context)
        found = Somebody(site=site, context=context, email=address, scripts=scripts)
        found.signs_in()
        return found

    yield sign_in
    for each in made:
        each.close()


def mailed(site: Site, folder: Path, address: str) -> str:
    """The link in the newest mail to this address, once the worker has done what waits for it."""
    environment = {**site.environment, "WAYPOST_EMAIL_URL": "", "WAYPOST_EMAIL_FOLDER": str(folder)}
    run(environment, "system", "-m", "waypost.cli", "procrastinate", "worker", "--one-shot")
    for each in sorted(folder.glob("*"), reverse=True):
        message = email.message_from_bytes(each.read_bytes(), policy=policy.default)
        if address in str(message["To"]):
            found = re.search(r"/listing/claims/link/\S+", message.get_content())
            assert found, message.get_content()
            return found.group()
    raise AssertionError(f"no mail to {address}")


@pytest.mark.parametrize(("scripts", "tree"), [(True, "Maple"), (False, "Birch")])
def test_a_listing_is_claimed_changed_and_looked_at(
    site: Site, somebody: Callable[[str, bool], Somebody], tmp_path: Path, scripts: bool, tree: str
) -> None:
    # given: Olga finds her organization by name
    olga = somebody("olga@alder.example", scripts)
    olga.opens("/listing/find/")
    olga.fills(q=f"{tree} Table")
    olga.presses("Search")
    olga.presses("This is us")
    olga.reads("What happens next:")
    olga.presses("Yes, this is us")

    # when: an address elsewhere proves nothing; one of the organization's own does
    olga.fills(email="olga@elsewhere.example")
    olga.presses("Send the link")
    olga.reads(f"It has to end in: @{tree.lower()}table.example.")
    address = f"olga@{tree.lower()}table.example"
    olga.fills(email=address)
    olga.presses("Send the link")
    olga.reads(f"A link is on its way to {address}")
    olga.opens(mailed(site, tmp_path, address))
    olga.presses("Yes, we keep this listing")

    # then: the listing is hers, and what is not delicate acts at once
    olga.reads(f"The listing of {tree} Table is yours to keep.")
    olga.presses(f"{tree} suppers")
    olga.fills(description="Soup and bread.", phone=NEW)
    olga.presses("Save changes")
    olga.reads("The network's staff look at this before everybody reads it: Phone.")

    # when: she says a split day and a holiday, line by line
    olga.presses("Change the hours")
    for day in ("MO", "TU"):
        olga.fills(**{"week-0-days": day})
    olga.fills(**{"week-0-opens": "09:00", "week-0-closes": "12:00"})
    olga.presses("Add another opening")
    expect(olga.page.locator("[name='week-0-opens']")).to_have_value("09:00")
    for day in ("MO", "TU"):
        olga.fills(**{"week-1-days": day})
    olga.fills(**{"week-1-opens": "13:00", "week-1-closes": "17:00"})
    olga.presses("Add days that differ")
    olga.fills(
        **{"special-0-first": "2030-12-25", "special-0-every_year": "ticked", "special-0-kind": "closed"}
    )
    olga.presses("Save hours")
    olga.reads(f"You changed the hours of {tree} suppers.")
    olga.presses("Go back")
    olga.presses("See it as others do")
    olga.reads("9 am to 12 pm, 1 pm to 5 pm")
    olga.reads("25 Dec")
    olga.reads("Soup and bread.")
    olga.reads(OLD)
    assert NEW not in olga.page.content()

    # when: the network's staff see both numbers side by side and let the new one through
    ivy = somebody("ivy@hub.example", scripts)
    ivy.opens("/upkeep/reviews/")
    card = ivy.page.locator(".card", has_text=f"{tree} suppers")
    expect(card).to_contain_text(OLD)
    expect(card).to_contain_text(NEW)
    ivy.presses("Let it through")
    ivy.reads("The listing says it now; its keeper is told.")

    # then: the keeper, and everybody, reads it
    olga.page.reload()
    olga.reads(NEW)
    assert OLD not in olga.page.content()
    assert olga.faults + ivy.faults == []
