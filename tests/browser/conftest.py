"""A browser and a site for whole journeys."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.people import Way
from tests.browser.site import Site, database, run, served

CHROMIUM = Path(os.environ.get("WAYPOST_CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site(worker_id: str) -> Iterator[Site]:
    """The tests' community, served by the real web server as ``waypost_web``."""
    with database(f"waypost_journeys_{worker_id}") as environment:
        run(environment, "owner", "-m", "tests.browser.seed")
        with served(environment) as found:
            yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; where there is none, the journeys are skipped, loudly."""
    if not CHROMIUM.exists():
        pytest.skip(f"NO BROWSER: {CHROMIUM} is missing, so no journey was walked")
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(
    params=[Way("en", True), Way("es", True), Way("en", False)], ids=["English", "Spanish", "without scripts"]
)
def way(request: pytest.FixtureRequest) -> Way:
    """In which language, and whether scripts run: a journey is walked in both, and once without."""
    found: Way = request.param
    return found


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def context(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh context, once with and once without JavaScript."""
    made = chromium.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900})
    made.set_default_timeout(15_000)
    yield made
    made.close()
