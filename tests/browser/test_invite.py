"""A supervisor invites a colleague, who comes in by e-mail, reads the training and sets up a second step."""

import email
import re
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.people import Somebody, Way
from tests.browser.site import Site, run
from tests.rooms.accounts.totp import code

pytestmark = pytest.mark.browser
CHOSEN = "seven blue herons at dusk"


def invitation(site: Site, folder: Path, address: str) -> str:
    """The link in the mail to this address, once the worker has done what waits for it."""
    environment = {**site.environment, "WAYPOST_EMAIL_URL": "", "WAYPOST_EMAIL_FOLDER": str(folder)}
    run(environment, "system", "-m", "waypost.cli", "procrastinate", "worker", "--one-shot")
    for each in sorted(folder.glob("*"), reverse=True):
        message = email.message_from_bytes(each.read_bytes(), policy=policy.default)
        found = re.search(r"/members/join/\S+", message.get_content())
        if address in str(message["To"]) and found:
            return found.group()
    raise AssertionError(f"no mail to {address}")


def test_a_colleague_is_invited_trained_and_enrols(
    site: Site, chromium: Browser, tmp_path: Path, way: Way, request: pytest.FixtureRequest
) -> None:
    context = chromium.new_context(
        java_script_enabled=way.scripts, viewport={"width": 390, "height": 844}, locale=way.language
    )
    context.set_default_timeout(15_000)

    def comes(address: str) -> Somebody:
        return Somebody(site=site, context=context, email=address, scripts=way.scripts, language=way.language)

    # given: Lee, the supervisor, invites Noor
    lee = comes("lee@cedar.example")
    lee.signs_in()
    address = f"noor.{request.node.callspec.id.split()[0].lower()}@cedar.example"
    lee.opens("/members/invite/")
    lee.fills(email=address, role="coordinator")
    lee.presses(lee.says("Send the invitation"))
    lee.reads(
        lee.says("The invitation is on its way to %(email)s. Its link works for seven days.", email=address)
    )

    # when: she opens the link, chooses a password and reads the page
    noor = comes(address)
    noor.comes_anew()
    noor.opens(invitation(site, tmp_path, address))
    noor.reads(noor.says("Welcome to %(name)s", name="Cedar Clinic"))
    noor.fills(name="Noor Haddad", password1=CHOSEN, password2=CHOSEN)
    noor.presses(noor.says("Go on"))
    noor.fills(neighbor="yes", caller="officer", mistake="now")
    noor.presses(noor.says("I have read it. Open my account"))
    noor.reads(
        noor.says_of(
            "%(number)s answer is not right yet.", "%(number)s answers are not right yet.", 1, number="1"
        )
    )
    noor.fills(neighbor="no")
    noor.presses(noor.says("I have read it. Open my account"))
    noor.reads(noor.says("My day"))

    # and: sets up an app for codes
    noor.opens("/accounts/2fa/")
    noor.presses(noor.says("Set up an app"))
    noor.fills(password=CHOSEN)
    noor.presses(noor.says("Go on"))
    secret = noor.page.locator("[data-secret]").inner_text()
    noor.fills(code=code(secret))
    noor.presses(noor.says("Set it up"))
    noor.reads(noor.says("Recovery codes"))
    spare = noor.page.locator("main li code").first.inner_text()
    noor.presses(noor.says("I have kept them. Go on"))

    # then: next time the password alone opens nothing, and a recovery code does
    noor.comes_anew()
    noor.opens("/accounts/login/")
    noor.page.fill("main [name=login]", address)
    noor.page.fill("main [name=password]", CHOSEN)
    noor.presses(noor.says("Sign in"))
    noor.reads(noor.says("One more step"))
    noor.page.fill("main [name=code]", spare)
    noor.presses(noor.says("Sign in"))
    noor.reads(noor.says("My day"))
    assert lee.faults + noor.faults == []
    context.close()
