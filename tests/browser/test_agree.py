"""Agreeing on a phone, refusing and taking a list, taking back: in both languages, once without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import TICKED, Somebody, Way, without_site_scripts
from tests.browser.site import Site

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def somebody(site: Site, chromium: Browser, way: Way, *, ours: bool = True) -> Somebody:
    """Ana at a phone. ``ours``: the site's own scripts run too (they draw the signature)."""
    context = chromium.new_context(java_script_enabled=way.scripts, viewport=PHONE, has_touch=True)
    context.set_default_timeout(15_000)
    if way.scripts and not ours:
        without_site_scripts(context)
    return Somebody(
        site=site, context=context, email="ana@cedar.example", scripts=way.scripts, language=way.language
    )


@pytest.fixture
def ana(site: Site, chromium: Browser, way: Way) -> Iterator[Somebody]:
    found = somebody(site, chromium, way, ours=False)
    yield found
    found.context.close()


@pytest.fixture
def drawing(site: Site, chromium: Browser) -> Iterator[Somebody]:
    found = somebody(site, chromium, Way("en", True))
    yield found
    found.context.close()


# Nobody of one journey is taken for somebody of another one.
NAMES = {"English": ("Campos", "Solis", "Prado", "Rios"), "Spanish": ("Cano", "Ibarra", "Nieto", "Vidal")}
NAMES["without scripts"] = ("Robles", "Duarte", "Luna", "Mora")
READ = "Next: words to read aloud"


@pytest.fixture
def names(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Family names of this walk."""
    return NAMES[request.node.callspec.id]


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
    ana.looks()
    return record


def agrees(ana: Somebody, name: str) -> None:
    ana.presses(ana.says("%(name)s agrees", name=name))


def test_agree_on_a_phone_by_typing_the_name(ana: Somebody, names: tuple[str, ...]) -> None:
    record = registers(ana, "Lucia", names[0])
    ana.page.goto(f"{record}agree/")
    ana.looks()
    ana.presses(ana.says(READ))
    ana.reads("Usted puede decir que no.")
    ana.fills(captured="typed", language="es", signed_by="Lucia Campos")
    agrees(ana, "Lucia")
    ana.reads(ana.says("Signed by typing the name"))
    form = ana.page.url
    ana.page.goto(f"{form}copy/?language=es")
    ana.looks("es")
    ana.reads("Su copia")
    ana.page.goto(form)
    ana.presses(ana.says("%(name)s has a copy", name="Lucia"))
    ana.reads(ana.says("You recorded that %(name)s has a copy.", name="Lucia"))
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


def test_drawing_nothing_is_said_and_the_name_typed_instead(ana: Somebody, names: tuple[str, ...]) -> None:
    record = registers(ana, "Marta", names[1])
    ana.page.goto(f"{record}agree/")
    ana.presses(ana.says(READ))
    ana.fills(captured="drawn")
    agrees(ana, "Marta")
    ana.reads(ana.says("Sign in the box, or type the name instead."))
    ana.fills(captured="typed", signed_by="Marta Solis")
    agrees(ana, "Marta")
    ana.reads(ana.says("Signed by typing the name"))
    assert ana.faults == []


def test_refuse_and_take_a_list(ana: Somebody, names: tuple[str, ...]) -> None:
    record = registers(ana, "Elena", names[2])
    ana.page.goto(f"{record}agree/")
    ana.presses(ana.says(READ))
    ana.presses(ana.says("No, not now"))
    ana.reads(ana.says("A list to take along"))
    ana.reads(ana.says("A call made together"))
    ana.presses(ana.says("Make a list"))
    ana.reads("Elena")
    ana.opens(f"{record.removeprefix(ana.site.url)}agreements/")
    ana.reads(ana.says("%(person)s would rather not share anything.", person="Elena").rpartition(" ")[0])
    assert ana.faults == []


def test_take_back_a_part_and_then_all(ana: Somebody, names: tuple[str, ...]) -> None:
    record = registers(ana, "Teresa", names[3]).removeprefix(ana.site.url)
    ana.opens(f"{record}agree/")
    ana.presses(ana.says(READ))
    agrees(ana, "Teresa")
    ana.opens(f"{record}agreements/")
    ana.presses(ana.says("Take back"))
    ana.fills(what="part")
    ana.page.locator("main details.why summary").first.click()
    ana.fills(back=TICKED)
    ana.presses(ana.says("Stop sharing"))
    ana.reads(
        ana.says(
            "%(person)s wants nobody to tell %(discloser)s how it went.",
            person="Teresa",
            discloser="Cedar Clinic",
        )
    )
    ana.page.locator("main a[href$='/take-back/']").last.click()
    ana.page.wait_for_load_state("load")
    ana.presses(ana.says("Stop sharing"))
    ana.reads(ana.says("Taken back on %(day)s", day=""))
    assert ana.faults == []
