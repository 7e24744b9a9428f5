"""A feed is brought in by hand: uploaded, its columns explained, looked at, imported, mended."""

import csv
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from tests.browser.people import Somebody, without_site_scripts
from tests.browser.site import Site, run

pytestmark = pytest.mark.browser
LIST = (
    "Agency;Program;How to apply;Tel.;Languages\n"
    "Cedar House;Meals for elders;Walk in;206-555-0100;English/Spanish\n"
    "Alder;;Call;206-555-0102;\n"
)


def works(site: Site) -> None:
    """The worker does what waits for it."""
    run(site.environment, "system", "-m", "waypost.cli", "procrastinate", "worker", "--one-shot")


def again(ivy: Somebody) -> None:
    """Look at the same page once more, as somebody does who has no scripts."""
    ivy.opens(ivy.page.url.removeprefix(ivy.site.url))


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (True, 390), (False, 1280)])
def test_a_list_is_brought_in_and_mended(
    site: Site, chromium: Browser, tmp_path: Path, scripts: bool, width: int
) -> None:
    context = chromium.new_context(
        java_script_enabled=scripts, viewport={"width": width, "height": 900}, accept_downloads=True
    )
    context.set_default_timeout(15_000)
    if scripts:
        without_site_scripts(context)
    ivy = Somebody(site=site, context=context, email="ivy@hub.example", scripts=scripts)
    name = f"List {uuid4().hex[:6]}"
    given = tmp_path / "list.csv"
    given.write_text(LIST, encoding="utf-8")

    # given: Ivy uploads a list of another form
    ivy.signs_in()
    ivy.opens("/upkeep/imports/")
    ivy.presses("Upload files")
    ivy.page.set_input_files("main [name=uploads]", given)
    ivy.fills(feed="new", name=name)
    ivy.presses("Upload and look")
    ivy.reads("It waits for its turn.")
    works(site)
    again(ivy)

    # when: she says what the columns mean, looks, and imports
    ivy.presses("Say what the columns mean")
    ivy.reads("Meals for elders")
    ivy.presses("Keep and look again")
    works(site)
    again(ivy)
    ivy.reads("Nothing has been changed yet.")
    ivy.presses("Import now")
    works(site)
    again(ivy)

    # then: what could go in is in, and the rest is mended
    ivy.reads("The import is done.")
    with ivy.page.expect_download() as waiting:
        ivy.page.click("main a:has-text('Download the rows to mend')")
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        lines = list(csv.reader(opened))
    assert lines[0][0] == "what is wrong" and len(lines) == 2
    lines[1][lines[0].index("Program")] = "Rides to the clinic"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(lines)
    ivy.presses("Upload the mended file")
    ivy.page.set_input_files("main [name=uploads]", file)
    ivy.presses("Upload and look")
    works(site)
    again(ivy)
    ivy.presses("Import now")
    works(site)
    again(ivy)
    ivy.reads("0 set aside")
    ivy.opens("/upkeep/imports/")
    ivy.reads(name)
    context.close()
    assert ivy.faults == []


def test_the_page_moves_on_by_itself(site: Site, chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    ivy = Somebody(site=site, context=context, email="ivy@hub.example", scripts=False)
    given = tmp_path / "organizations.csv"
    given.write_text("id,name\no1,Cedar\n", encoding="utf-8")
    ivy.signs_in()
    ivy.opens("/upkeep/imports/new/")
    ivy.page.set_input_files("main [name=uploads]", given)
    ivy.fills(feed="new", name=f"List {uuid4().hex[:6]}")
    ivy.presses("Upload and look")
    works(site)
    ivy.page.wait_for_selector("text=Nothing has been changed yet.")
    context.close()
