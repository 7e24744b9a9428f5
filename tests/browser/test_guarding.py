"""Who has seen what is printed for the person; an emergency opens a record and is judged by somebody else."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.people import TICKED, Somebody
from tests.browser.site import Site, run

pytestmark = pytest.mark.browser
WORDS = "She fell on the stairs and does not speak."


@pytest.fixture(scope="module", autouse=True)
def guarded(site: Site) -> None:
    """Rosa of the clinic, referred to the food bank; a privacy officer at the stranger's."""
    run(site.environment, "owner", "-m", "tests.browser.seed_guarding")


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def somebody(
    request: pytest.FixtureRequest, site: Site, chromium: Browser
) -> Iterator[Callable[[str], Somebody]]:
    """Signs people in at a phone each, once with and once without scripts."""
    made: list[BrowserContext] = []

    def sign_in(address: str) -> Somebody:
        context = chromium.new_context(
            java_script_enabled=request.param, viewport={"width": 390, "height": 844}
        )
        context.set_default_timeout(15_000)
        made.append(context)
        found = Somebody(site=site, context=context, email=address, scripts=request.param)
        found.signs_in()
        return found

    yield sign_in
    for each in made:
        each.close()


def test_who_has_seen_what_is_printed_for_the_person(site: Site, somebody: Callable[[str], Somebody]) -> None:
    # given: Ana looks Rosa up
    ana = somebody("ana@cedar.example")
    ana.opens("/people/?q=Guarded")
    ana.presses("Rosa Guarded")
    person = ana.page.url.removeprefix(site.url)

    # when: she opens the list and takes it as paper
    ana.opens(f"{person}seen/")
    ana.reads("Told to others")
    ana.reads("Cedar Food Bank")
    ana.reads("Who at Cedar Clinic looked")
    paper = ana.context.request.get(f"{site.url}{person}seen/?format=pdf")
    sheet = ana.context.request.get(f"{site.url}{person}seen/?format=csv")

    # then: the PDF is tagged, the spreadsheet has the items of the accounting
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF-")
    assert "Cedar Food Bank" in sheet.text()
    ana.opens(f"{person}seen/")
    ana.reads("Ana Reyes")
    assert ana.faults == []


def test_an_emergency_and_its_review(site: Site, somebody: Callable[[str], Somebody]) -> None:
    # given: Olga knows nobody of that name; the page warns before it opens anything
    olga = somebody("olga@alder.example")
    olga.opens("/people/")
    olga.presses("Emergency access")
    olga.reads("Stop and read this first.")

    # when: a wrong day opens nothing, the right one opens the record with its clock
    olga.fills(given_name="Rosa", family_name="Guarded", birth_date="1980-05-05")
    olga.fills(reason="medical", words=WORDS, sure=TICKED)
    olga.presses("Open the record")
    olga.reads("These facts open nothing.")
    olga.fills(birth_date="1972-03-15")
    olga.presses("Open the record")
    olga.reads("minutes are left")
    own = olga.page.url.removeprefix(site.url)
    olga.presses("Rosa Guarded")
    olga.reads("opened in an emergency")
    olga.reads("206-555-0188")

    # then: somebody else judges it, and it ends
    pia = somebody("pia@alder.example")
    pia.reads("Privacy")
    pia.opens("/privacy/")
    pia.presses("Emergency access")
    pia.opens(own)
    pia.reads(WORDS)
    assert "Rosa" not in pia.page.locator("main").inner_text()
    pia.fills(words="I asked the crew: there was no emergency.")
    pia.presses("It was not")
    pia.reads("A privacy incident has been opened.")
    pia.opens("/privacy/incidents/")
    pia.reads("found not justified")
    olga.opens(own)
    olga.reads("Not justified")
    assert "Rosa" not in olga.page.locator("main").inner_text()
    assert olga.faults + pia.faults == []
