"""The loop in a real browser: a need is found, agreed on, sent, answered, received, and seen closed."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from tests.browser.people import TICKED, Somebody, without_site_scripts
from tests.browser.site import Site

pytestmark = pytest.mark.browser
WIDTHS = {"desk": 1280, "phone": 390}
WHO = {
    "scripts, desk": ("Noor", "Haddad", "206-555-0165"),
    "scripts, phone": ("Grace", "Kim", "206-555-0172"),
    "no scripts, desk": ("Darnell", "Price", "206-555-0118"),
}


@pytest.fixture(params=list(WHO))
def three(request: pytest.FixtureRequest, site: Site, chromium: Browser) -> Iterator[tuple[Somebody, ...]]:
    """Dr. Ito and Ana at the clinic, Sam at the food bank, each with a browser of their own."""
    scripts, place = str(request.param).split(", ")
    on = scripts == "scripts"
    contexts = []
    people = []
    for email in ("ito@cedar.example", "ana@cedar.example", "sam@bank.example"):
        context = chromium.new_context(
            java_script_enabled=on, viewport={"width": WIDTHS[place], "height": 900}
        )
        context.set_default_timeout(15_000)
        if on:
            without_site_scripts(context)
        contexts.append(context)
        people.append(Somebody(site=site, context=context, email=email, scripts=on))
    yield tuple(people)
    for context in contexts:
        context.close()


def test_from_a_need_to_a_closed_loop(  # noqa: PLR0915 - one journey, told in its order
    three: tuple[Somebody, ...], request: pytest.FixtureRequest
) -> None:
    ito, ana, sam = three
    first, last, phone = WHO[request.node.callspec.params["three"]]
    name = f"{first} {last}"

    # given: Dr. Ito asks for a coordinator
    ito.signs_in()
    ito.fills(person_name=name, phone=phone, reason="food-insecurity", channel="warm_handoff")
    ito.presses("Ask for a coordinator")
    ito.reads(name)

    # when: Ana registers and screens the person, who agrees
    ana.signs_in()
    ana.opens("/my-day/")
    ana.presses(name)
    ana.presses("Register")
    ana.fills(birth_date="1968-07-21", language="es", postal_code="98144", household_size="4")
    ana.presses("Register")
    ana.reads(name)
    record = ana.page.url
    ana.presses("Screen")
    ana.presses("Short screener")
    ana.fills(
        **{
            "waypost-mode": "interview",
            "first-words": "Nada al final del mes",
            "first-priority": "food-insecurity",
        }
    )
    ana.fills(**{"food": "yes", "food-help": "yes"})
    ana.page.locator("main form button").last.click()
    ana.page.goto(record)
    ana.reads("Nada al final del mes")
    ana.presses(f"Ask {first}")
    ana.presses("words to read aloud")
    ana.fills(captured="spoken")
    ana.presses(f"{first} agrees")

    # and: the food bank is chosen, and the referral checked and sent
    ana.page.goto(record)
    ana.presses("Find")
    choice = ana.page.locator("main label:has-text('Cedar Food Bank') input[name=service]").first
    choice.check()
    ana.presses("Continue")
    ana.fills(
        handoff="inbox",
        next_move="they_call",
        check_back_on=(date.today() + timedelta(days=7)).isoformat(),  # noqa: DTZ011 - as typed
        person_knows=TICKED,
    )
    ana.presses("Check it")
    ana.reads("Cedar Food Bank")
    ana.presses("Send referral")
    referral = ana.page.url

    # then: Sam accepts, sets a date, and says what was received
    sam.signs_in()
    sam.opens("/inbox/")
    sam.reads("R")
    sam.page.goto(referral)
    sam.looks()
    sam.reads(name)
    sam.presses("We can help")
    sam.presses("Set a date")
    soon = date.today() + timedelta(days=1)  # noqa: DTZ011 - as typed
    sam.fills(scheduled_for=f"{soon.isoformat()}T10:00")
    sam.presses("Tell Cedar Clinic")
    sam.presses("Say what happened")
    sam.fills(fact="received", words="A box for four")
    sam.presses("Tell Cedar Clinic")

    # and: Ana asks, and sees the loop closed
    ana.opens(referral.removeprefix(ana.site.url))
    ana.reads("A box for four")
    ana.fills(source="person", fact="received", need="need_met")
    ana.presses("Write it down")
    ana.page.goto(record)
    ana.reads("noted that it is met, for now")

    assert [fault for each in three for fault in each.faults] == []
