"""Keeping listings true in a real browser: somebody reports a fault, a worker calls, mends and answers."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.people import Somebody, without_site_scripts
from tests.browser.site import Site

pytestmark = pytest.mark.browser
WALKS = ["scripts, phone", "no scripts, desk"]
WIDTHS = {"desk": 1280, "phone": 390}
PANTRY = "St. Luke pantry"
Enter = Callable[[str], Somebody]


@pytest.fixture(params=WALKS)
def enter(request: pytest.FixtureRequest, site: Site, chromium: Browser) -> Iterator[Enter]:
    """Somebody with a browser of his or her own; nobody signs in without an address."""
    scripts, place = str(request.param).split(", ")
    on = scripts == "scripts"
    contexts: list[BrowserContext] = []

    def come(email: str = "") -> Somebody:
        context = chromium.new_context(
            java_script_enabled=on, viewport={"width": WIDTHS[place], "height": 900}
        )
        context.set_default_timeout(15_000)
        if on:
            without_site_scripts(context)
        contexts.append(context)
        who = Somebody(site=site, context=context, email=email, scripts=on)
        if email:
            who.signs_in()
        return who

    yield come
    for context in contexts:
        context.close()


def finds_the_pantry(who: Somebody) -> None:
    who.opens("/?q=pantry")
    who.presses(PANTRY)


def reports(who: Somebody, kind: str, words: str) -> str:
    """Say that something is wrong; the address where the answer will stand."""
    finds_the_pantry(who)
    who.presses("Something is wrong here?")
    who.fills(kind=kind, words=words)
    who.presses("Send the report")
    who.reads("We have your report.")
    return who.page.url


def is_scripted(who: Somebody) -> bool:
    return who.scripts


def test_a_phone_check(enter: Enter) -> None:
    # given: the pantry is due, because somebody said that something is wrong
    stranger = enter("")
    reports(stranger, "hours" if is_scripted(stranger) else "phone", "They open at ten now")

    # when: Ana takes it, calls, leaves what is right, and mends two things
    ana = enter("ana@cedar.example")
    ana.opens("/upkeep/due/")
    ana.reads(PANTRY)
    row = ana.page.locator("tr", has_text=PANTRY)
    row.get_by_role("button", name="Take").or_(row.get_by_role("button", name="Give back")).first.click()
    ana.page.wait_for_load_state("load")
    ana.opens("/upkeep/due/")
    ana.page.locator("tr", has_text=PANTRY).get_by_role("link", name="Check").click()
    ana.page.wait_for_load_state("load")
    ana.looks()
    ana.reads("Hello, this is Ana Reyes from Cedar Clinic.")
    number = "206-555-0143" if is_scripted(ana) else "206-555-0144"
    for about in ("Phone", "Hours"):
        ana.page.locator("summary", has_text=f": {about}").first.click()
    between = ana.page.locator("details > summary", has_text="They close in between")
    if not ana.page.locator("[name=opens2_5]").is_visible():
        between.click()
    again = {"opens2_5": "14:00", "closes2_5": "15:30"}
    ana.fills(phone=number, opens_5="10:00", closes_5="12:30", with_whom="Pat", **again)
    ana.looks()
    ana.presses("Save the check")

    # then: the page says what came of it, and everybody reads the new number and hours
    ana.reads("The listing is confirmed.")
    ana.reads("Pat")
    ana.fills(minutes="2")
    ana.presses("Put right")
    ana.reads("2 minutes")
    finds_the_pantry(stranger)
    stranger.reads(number)
    stranger.reads("Saturday")
    stranger.reads("10 am to 12:30 pm, 2 pm to 3:30 pm")
    stranger.reads("by phone")
    ana.opens("/upkeep/contacts/")
    ana.reads("2 min")
    assert [*ana.faults, *stranger.faults] == []


def test_a_report_of_a_fault(enter: Enter) -> None:
    # given: somebody without an account says what is wrong
    stranger = enter("")
    words = f"It is around the corner {is_scripted(stranger)}"
    mine = reports(stranger, "address" if is_scripted(stranger) else "other", words)

    # when: Lee answers it
    lee = enter("lee@cedar.example")
    lee.opens("/upkeep/faults/")
    lee.page.locator("li", has_text=words).get_by_role("link", name="Answer").click()
    lee.page.wait_for_load_state("load")
    lee.looks()
    lee.reads(words)
    lee.fills(outcome="mended", answer="Thank you, the door is in Pine Street.")
    lee.presses("Send the answer")
    lee.reads("You answered report")

    # then: whoever reported it reads the answer, and nobody reads the words of the report
    stranger.page.goto(mine)
    stranger.looks()
    stranger.reads("We mended the listing")
    stranger.reads("the door is in Pine Street")
    finds_the_pantry(stranger)
    assert words not in stranger.page.content()
    assert [*lee.faults, *stranger.faults] == []
