"""Agreeing on a phone, saying no and taking a list, taking back: with scripts, without, and in Spanish."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import TICKED, Somebody, without_site_scripts
from tests.browser.site import Site

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def somebody(site: Site, chromium: Browser, *, scripts: bool, ours: bool = True) -> Somebody:
    """Ana at a phone. ``ours``: the site's own scripts run too (they draw the signature)."""
    context = chromium.new_context(java_script_enabled=scripts, viewport=PHONE, has_touch=True)
    context.set_default_timeout(15_000)
    if scripts and not ours:
        without_site_scripts(context)
    return Somebody(site=site, context=context, email="ana@cedar.example", scripts=scripts)


@pytest.fixture(params=["scripts", "no scripts"])
def ana(request: pytest.FixtureRequest, site: Site, chromium: Browser) -> Iterator[Somebody]:
    found = somebody(site, chromium, scripts=request.param == "scripts", ours=False)
    yield found
    found.context.close()


@pytest.fixture
def drawing(site: Site, chromium: Browser) -> Iterator[Somebody]:
    found = somebody(site, chromium, scripts=True)
    yield found
    found.context.close()


def registers(ana: Somebody, first: str, last: str) -> str:
    """A person with a need; the address of the record."""
    ana.signs_in()
    ana.opens("/people/new/")
    ana.fills(given_name=first, family_name=last, language="es")
    ana.page.locator("main form.form button").last.click()
    ana.page.wait_for_load_state("load")
    if ana.page.locator("main [name=confirm]").count():
        ana.page.locator("main [name=confirm]").first.click()
        ana.page.wait_for_load_state("load")
    record = ana.page.url
    ana.page.goto(f"{record}needs/new/")
    ana.fills(category="food-insecurity")
    ana.page.locator("main form.form button").last.click()
    ana.page.wait_for_load_state("load")
    return record


def test_agree_on_a_phone_by_typing_the_name(ana: Somebody) -> None:
    record = registers(ana, "Lucia", "Campos" if ana.scripts else "Robles")
    ana.page.goto(f"{record}agree/")
    ana.looks()
    ana.presses("words to read aloud")
    ana.reads("Usted puede decir que no.")
    ana.fills(captured="typed", language="es", signed_by="Lucia Campos")
    ana.presses("Lucia agrees")
    ana.reads("Signed by typing the name")
    form = ana.page.url
    ana.page.goto(f"{form}copy/?language=es")
    ana.looks()
    ana.reads("Su copia")
    ana.page.goto(form)
    ana.presses("Lucia has a copy")
    ana.reads("You recorded that Lucia has a copy.")
    assert ana.faults == []


def test_agree_by_drawing_the_name(drawing: Somebody) -> None:
    record = registers(drawing, "Pilar", "Vega")
    drawing.page.goto(f"{record}agree/")
    drawing.presses("words to read aloud")
    drawing.page.locator("main input[name=captured][value=drawn]").check()
    canvas = drawing.page.locator("[data-sign] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    mouse = drawing.page.mouse
    mouse.move(box["x"] + 20, box["y"] + 40)
    mouse.down()
    mouse.move(box["x"] + 120, box["y"] + 70, steps=4)
    mouse.move(box["x"] + 200, box["y"] + 30, steps=4)
    mouse.up()
    drawing.looks()
    drawing.presses("Pilar agrees")
    drawing.reads("Signed on the screen")
    assert drawing.faults == []


def test_drawing_nothing_is_said_and_the_name_typed_instead(ana: Somebody) -> None:
    record = registers(ana, "Marta", "Solis" if ana.scripts else "Duarte")
    ana.page.goto(f"{record}agree/")
    ana.presses("words to read aloud")
    ana.fills(captured="drawn")
    ana.presses("Marta agrees")
    ana.reads("Sign in the box, or type the name instead.")
    ana.fills(captured="typed", signed_by="Marta Solis")
    ana.presses("Marta agrees")
    ana.reads("Signed by typing the name")
    assert ana.faults == []


def test_refuse_and_take_a_list(ana: Somebody) -> None:
    record = registers(ana, "Elena", "Prado" if ana.scripts else "Luna")
    ana.page.goto(f"{record}agree/")
    ana.presses("words to read aloud")
    ana.presses("No, not now")
    ana.reads("A list to take along")
    ana.reads("A call made together")
    ana.presses("Make a list")
    ana.reads("Elena")
    ana.page.goto(f"{record}agreements/")
    ana.reads("Elena would rather not share")
    assert ana.faults == []


def test_take_back_a_part_and_then_all(ana: Somebody) -> None:
    record = registers(ana, "Teresa", "Rios" if ana.scripts else "Mora")
    ana.page.goto(f"{record}agree/")
    ana.presses("words to read aloud")
    ana.presses("Teresa agrees")
    ana.page.goto(f"{record}agreements/")
    ana.presses("Take back")
    ana.fills(what="part")
    ana.page.locator("main details.why summary").first.click()
    ana.fills(back=TICKED)
    ana.presses("Stop sharing")
    ana.reads("Teresa wants nobody to tell Cedar Clinic how it went.")
    ana.page.locator("main a:has-text('Take back: Teresa agreed')").first.click()
    ana.page.wait_for_load_state("load")
    ana.presses("Stop sharing")
    ana.reads("Taken back on")
    assert ana.faults == []


def test_the_pages_in_spanish(site: Site, chromium: Browser) -> None:
    ana = somebody(site, chromium, scripts=True, ours=False)
    record = registers(ana, "Ines", "Cano")
    ana.page.context.add_cookies([{"name": "django_language", "value": "es", "url": ana.site.url}])
    ana.page.goto(f"{record}agree/")
    ana.looks()
    assert ana.page.locator("html").get_attribute("lang") == "es"
    ana.page.locator("main button[value=read]").click()
    ana.page.wait_for_load_state("load")
    ana.looks()
    ana.fills(captured="typed", language="es", signed_by="Ines Cano")
    ana.page.locator("main button[value=agrees]").click()
    ana.page.wait_for_load_state("load")
    ana.looks()
    ana.reads("Firmado escribiendo el nombre")
    assert ana.faults == []
    ana.context.close()
