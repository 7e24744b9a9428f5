"""A supervisor invites a colleague, who comes in by e-mail, reads the training and sets up a second step."""

import email
import re
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.people import Somebody
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


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_colleague_is_invited_trained_and_enrols(
    site: Site, chromium: Browser, tmp_path: Path, scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    context.set_default_timeout(15_000)
    # given: Lee, the supervisor, invites Noor
    lee = Somebody(site=site, context=context, email="lee@cedar.example", scripts=scripts)
    lee.signs_in()
    address = f"noor.{'with' if scripts else 'without'}@cedar.example"
    lee.opens("/members/invite/")
    lee.fills(email=address, role="coordinator")
    lee.presses("Send the invitation")
    lee.reads(f"The invitation is on its way to {address}.")
    context.clear_cookies()

    # when: she opens the link, chooses a password and reads the page
    noor = Somebody(site=site, context=context, email=address, scripts=scripts)
    noor.opens(invitation(site, tmp_path, address))
    noor.reads("Welcome to Cedar Clinic")
    noor.fills(name="Noor Haddad", password1=CHOSEN, password2=CHOSEN)
    noor.presses("Go on")
    noor.fills(neighbor="yes", caller="officer", mistake="now")
    noor.presses("I have read it. Open my account")
    noor.reads("1 answer is not right yet.")
    noor.fills(neighbor="no")
    noor.presses("I have read it. Open my account")
    noor.reads("My day")

    # and: sets up an app for codes
    noor.opens("/accounts/2fa/")
    noor.presses("Set up an app")
    noor.fills(password=CHOSEN)
    noor.presses("Go on")
    secret = noor.page.locator("[data-secret]").inner_text()
    noor.fills(code=code(secret))
    noor.presses("Set it up")
    noor.reads("Recovery codes")
    spare = noor.page.locator("main li code").first.inner_text()
    noor.presses("I have kept them. Go on")

    # then: next time the password alone opens nothing, and a recovery code does
    context.clear_cookies()
    noor.opens("/accounts/login/")
    noor.page.fill("main [name=login]", address)
    noor.page.fill("main [name=password]", CHOSEN)
    noor.presses("Sign in")
    noor.reads("One more step")
    noor.page.fill("main [name=code]", spare)
    noor.presses("Sign in")
    noor.reads("My day")
    assert lee.faults + noor.faults == []
    context.close()
