"""Who has seen what is printed for the person; an emergency opens a record and is judged by somebody else."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.people import TICKED, Somebody, Way
from tests.browser.site import Site, run
from tests.web.reading import opened

pytestmark = pytest.mark.browser
WORDS = "Se cayó en la escalera y no habla."
STRANGERS = {"English": "olga", "Spanish": "omar", "without scripts": "opal"}  # each may try a few times
NOTHING = (
    "These facts open nothing. Check them, or try other facts. The try is written down as %(reference)s."
    " If life is in danger, call 911."
)


@pytest.fixture(scope="module", autouse=True)
def guarded(site: Site) -> None:
    """Rosa of the clinic, referred to the food bank; a privacy officer at the stranger's."""
    run(site.environment, "owner", "-m", "tests.browser.seed_guarding")


@pytest.fixture
def somebody(way: Way, site: Site, chromium: Browser) -> Iterator[Callable[[str], Somebody]]:
    """Signs people in at a phone each: in both languages, and once without scripts."""
    made: list[BrowserContext] = []

    def sign_in(address: str) -> Somebody:
        context = chromium.new_context(
            java_script_enabled=way.scripts, viewport={"width": 390, "height": 844}
        )
        context.set_default_timeout(15_000)
        made.append(context)
        found = Somebody(
            site=site, context=context, email=address, scripts=way.scripts, language=way.language
        )
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
    ana.reads(ana.says("Told to others"))
    ana.reads("Cedar Food Bank")
    ana.reads(ana.says("Who at %(organization)s looked", organization="Cedar Clinic"))
    paper = ana.context.request.get(f"{site.url}{person}seen/?format=pdf")
    sheet = ana.context.request.get(f"{site.url}{person}seen/?format=csv")

    # then: the PDF says in which language it is read, the spreadsheet has the items of the accounting
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF-")
    assert f"/Lang ({ana.language}".encode() in opened(paper.body())
    assert "Cedar Food Bank" in sheet.text()
    ana.opens(f"{person}seen/")
    ana.reads("Ana Reyes")
    assert ana.faults == []


def test_an_emergency_and_its_review(
    site: Site, somebody: Callable[[str], Somebody], request: pytest.FixtureRequest
) -> None:
    # given: Olga knows nobody of that name; the page warns before it opens anything
    olga = somebody(f"{STRANGERS[request.node.callspec.id]}@alder.example")
    olga.opens("/people/")
    olga.presses(olga.says("Emergency access"))
    olga.reads(olga.says("Stop and read this first."))

    # when: a wrong day opens nothing, the right one opens the record with its clock
    olga.fills(given_name="Rosa", family_name="Guarded", birth_date="1980-05-05")
    olga.fills(reason="medical", words=WORDS, sure=TICKED)
    olga.presses(olga.says("Open the record"))
    olga.reads(olga.says(NOTHING, reference="§").partition("§")[0].rstrip())
    olga.fills(birth_date="1972-03-15")
    olga.presses(olga.says("Open the record"))
    left = olga.says_of("%(n)s minute is left.", "%(n)s minutes are left.", 60, n="§")
    olga.reads(left.rpartition("§")[2].strip())
    own = olga.page.url.removeprefix(site.url)
    olga.presses("Rosa Guarded")
    olga.reads(olga.says("This is the record of %(source)s, opened in an emergency.", source="Cedar Clinic"))
    olga.reads("206-555-0188")

    # then: somebody else judges it, and it ends
    pia = somebody("pia@alder.example")
    pia.reads(pia.says("Privacy"))
    pia.opens("/privacy/")
    pia.presses(pia.says("Emergency access"))
    pia.opens(own)
    pia.reads(WORDS)
    assert "Rosa" not in pia.page.locator("main").inner_text()
    pia.fills(words="Pregunté a la ambulancia: no hubo emergencia.")
    pia.presses(pia.says("It was not"))
    pia.reads(pia.says("You found it not justified. A privacy incident has been opened."))
    pia.opens("/privacy/incidents/")
    pia.reads(pia.says("An emergency access was found not justified. See its review."))
    olga.opens(own)
    olga.reads(olga.says("Not justified"))
    assert "Rosa" not in olga.page.locator("main").inner_text()
    assert olga.faults + pia.faults == []
