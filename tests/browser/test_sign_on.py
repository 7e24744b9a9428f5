"""Who comes in through the organization's own provider shows there once more who it is, and it goes on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import Somebody
from tests.browser.site import Site, run
from tests.web.oidc_provider import Provider, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def provider(site: Site) -> Iterator[Provider]:
    """On loopback; it knows whoever it is told to know."""
    with serving() as found:
        run(site.environment, "owner", "-m", "tests.browser.seed_sign_on", found.address)
        yield found


@pytest.mark.parametrize("number", ["one", "two"], ids=["with scripts", "without scripts"])
def test_a_supervisor_without_a_password_here(
    site: Site, chromium: Browser, provider: Provider, number: str
) -> None:
    scripts = number == "one"
    context = chromium.new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    context.set_default_timeout(15_000)
    address = f"lou@{number}.pine.example"
    lou = Somebody(site=site, context=context, email=address, scripts=scripts)
    provider.claims = {"email": address, "sub": f"lou-{number}"}

    # given: Lou comes in through the provider
    lou.opens("/accounts/login/")
    lou.presses("Sign in through your organization")
    lou.fills(email=address)
    lou.page.locator("main form.form button").last.click()
    lou.page.wait_for_url(lambda found: "/accounts/" not in found)
    lou.reads(f"Pine House {number}")

    # when: Max's second step is to be taken away
    lou.opens("/members/")
    lou.presses(f"Max of {number}")
    lou.page.locator("main form[action$='/reset/'] button").click()
    if scripts:
        lou.page.locator("dialog[open] [data-yes]").click()
    lou.page.wait_for_url(lambda found: "/again/" in found)
    lou.looks()
    lou.reads("Is it still you?")
    provider.lazy, provider.signed_on_at = True, 1_000_000_000
    lou.page.locator("main form.form button").click()
    lou.page.wait_for_url(lambda found: "/back/" in found)
    lou.reads("Nothing was done.")
    lou.looks()

    # then: it is done once the provider says that he signed on anew
    provider.lazy = False
    lou.page.locator("main form.form button").click()
    lou.page.wait_for_url(lambda found: "/members/" in found)
    lou.reads(f"The second step of Max of {number} is removed.")
    assert lou.faults == []
    context.close()
