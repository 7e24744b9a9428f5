"""A tired person on a bus looks for food in Spanish, on a phone; a worker keeps what was found."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import Somebody
from tests.browser.site import Site, run

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def kitchens(site: Site) -> None:
    """Two services of food."""
    run(site.environment, "owner", "-m", "tests.browser.seed_find")


LISTED = frozenset({"Groceries and a hot meal", "Meals for anybody, at any hour."})


@pytest.fixture(params=["scripts", "no scripts"])
def reader(request: pytest.FixtureRequest, site: Site, chromium: Browser) -> Iterator[Somebody]:
    """Somebody with a phone."""
    on = request.param == "scripts"
    context = chromium.new_context(java_script_enabled=on, viewport={"width": 390, "height": 844})
    context.set_default_timeout(15_000)
    yield Somebody(site=site, context=context, email="sam@bank.example", scripts=on)
    context.close()


def test_find_food_in_spanish_on_a_phone(reader: Somebody) -> None:
    page = reader.page

    # given: the first page, in Spanish
    reader.opens("/")
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    reader.language, reader.typed = "es", LISTED

    # when: "comida" near 98144 is looked for, open now, in Spanish
    page.fill("[name=q]", "comida")
    page.fill("main [name=zip]", "98144")
    page.get_by_role("button", name="Buscar").click()
    expect(page.locator("#found-title")).to_contain_text("comida")
    reader.looks()
    _presses_chip(page, "Abierto ahora", "now=1")
    reader.looks()
    _presses_chip(page, "Habla español", "language=es")
    reader.looks()

    # then: the kitchen fits, the one that says nothing comes after, and its number is called
    expect(page.locator("#found-title")).to_have_text("1 servicio para “comida”")
    expect(page.get_by_text("Podría servir: falta saber algo de lo que pidió")).to_be_visible()
    first = page.locator("#found .rows > li").first
    expect(first).to_contain_text("Hope Kitchen: Hot meals")
    expect(first.get_by_role("link", name="Llamar")).to_have_attribute("href", "tel:+12065550199")
    first.locator(".who").click()
    expect(page.locator("h1")).to_have_text("Hot meals")
    reader.looks()
    expect(page.locator("main a[href='tel:+12065550199']").first).to_be_visible()
    assert reader.faults == []


def _presses_chip(page: Page, words: str, parameter: str) -> None:
    page.locator("#found a.chip", has_text=words).click()
    page.wait_for_url(f"**{parameter}**")
    expect(page.locator("#found a.chip.on", has_text=words)).to_be_visible()


def test_results_refresh_in_place_and_focus_stays(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site.url}/?q=meals&zip=98144")
    page.locator("#all-filters summary").click()
    page.evaluate("window.stayed = true")

    # when: a filter is switched on by keyboard
    page.locator("#filter-now-1").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**now=1**")

    # then: the page is the same, the filters are still open, and focus is where it was
    expect(page.locator("#found-title")).to_contain_text("1 service")
    assert page.evaluate("window.stayed") is True
    assert page.url.endswith("/?q=meals&zip=98144&now=1"), "the address holds no empty filters"
    expect(page.locator("#all-filters")).to_have_attribute("open", "")
    expect(page.locator("#filter-now-1")).to_be_focused()
    expect(page.locator("#filter-now-1")).to_be_checked()
    expect(page.locator("#found-said")).to_contain_text("1 service")
    assert complaints == [], "nothing that the policy of the pages forbids"
    page.go_back()
    expect(page.locator("#found a.chip.on")).to_have_count(0)
    context.close()


def test_a_worker_keeps_a_search_a_list_and_a_note(reader: Somebody) -> None:
    page = reader.page
    name = "Open meals" if reader.scripts else "Meals open now"
    reader.signs_in()
    reader.opens("/directory/?q=meals&now=1")
    page.locator("#save-search summary").click()
    page.fill("#save-name", name)
    page.locator("#save-search button").click()
    reader.reads("The search is saved.")
    reader.looks()
    page.get_by_role("link", name=name).click()
    page.locator("#found .who").first.click()
    page.fill("#new-list", f"{name}, a list")
    page.locator("#ours").get_by_role("button", name="Add", exact=True).click()
    reader.reads("The service is on the list.")
    page.fill("#our-note", "Ring twice")
    page.get_by_role("button", name="Add the note").click()
    reader.reads("Ring twice")
    reader.looks()
    reader.opens("/directory/lists/")
    page.get_by_role("link", name=f"{name}, a list").click()
    reader.looks()
    page.get_by_role("link", name="Print for a person").click()
    reader.reads("1212 S Jackson St")
    reader.looks()
    assert reader.faults == []
