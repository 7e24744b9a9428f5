"""A passkey from first to last, with an authenticator that Chromium plays: add, sign in, rename, remove."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.people import TICKED, Somebody
from tests.browser.site import Site, run
from tests.community import PASSWORD

pytestmark = pytest.mark.browser
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Holder(Somebody):
    """Somebody whose device makes and proves passkeys."""

    def takes_a_device(self) -> None:
        self.device = self.context.new_cdp_session(self.page)
        self.device.send("WebAuthn.enable")
        made = self.device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self.authenticator = made["authenticatorId"]

    def keys(self) -> int:
        """How many passkeys the device holds."""
        found = self.device.send("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})
        return len(found["credentials"])

    def unlocks(self, willing: bool) -> None:
        """Whether the finger is the right one."""
        self.device.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": self.authenticator, "isUserVerified": willing},
        )

    def proves(self, words: str, then: str) -> None:
        """Presses a button that asks the device; waits for the page that follows."""
        self.page.locator("main button", has_text=words).first.click()
        self.page.wait_for_url(lambda address: urlsplit(address).path.endswith(then))
        self.page.wait_for_load_state("load")
        self.looks()

    def leaves(self) -> None:
        self.opens("/accounts/logout/")
        self.presses(self.says("Sign out"))


@pytest.fixture(scope="module", autouse=True)
def members(site: Site) -> None:
    """Kim and Noa, who sign in by password so far."""
    run(site.environment, "owner", "-m", "tests.browser.seed_passkeys")


@pytest.fixture
def holder(site: Site, chromium: Browser) -> Iterator[Callable[..., Holder]]:
    made: list[BrowserContext] = []

    def comes(address: str, width: int, language: str = "en", name: str = "localhost") -> Holder:
        context = chromium.new_context(viewport={"width": width, "height": 900})
        context.set_default_timeout(15_000)
        made.append(context)
        here = replace(site, url=site.url.replace("127.0.0.1", name))
        return Holder(site=here, context=context, email=address, scripts=True, language=language)

    yield comes
    for each in made:
        each.close()


def test_a_passkey_that_opens_alone_from_first_to_last(holder: Callable[..., Holder]) -> None:
    # given: Kim adds one; the password is asked first
    kim = holder("kim@cedar.example", 390)
    kim.signs_in()
    kim.takes_a_device()
    kim.opens("/accounts/2fa/")
    kim.presses("Add a passkey")
    kim.fills(password=PASSWORD)
    kim.presses("Go on")
    kim.fills(name="The key on my ring", passwordless=TICKED)
    kim.proves("Add the passkey", "/recovery-codes/")
    assert kim.keys() == 1
    kim.reads("The passkey is added.")

    # when: she signs out; the password alone opens nothing, with the passkey it does
    kim.leaves()
    kim.signs_in()
    kim.reads("One more step")
    kim.unlocks(False)
    kim.page.locator("main button", has_text="Use a passkey").click()
    kim.unlocks(True)
    kim.proves("Use a passkey", "/my-day/")

    # and: the passkey alone does too, and leads on to where she wanted to go
    kim.leaves()
    kim.opens("/accounts/login/?next=/people/")
    kim.unlocks(False)
    kim.page.locator("main button", has_text="Sign in with a passkey").click()
    kim.page.locator("[data-passkey-failed]:visible").wait_for()
    kim.reads("The passkey was not read.")
    kim.unlocks(True)
    kim.proves("Sign in with a passkey", "/people/")

    # then: it is renamed and removed, after it has shown once more who she is; the password opens again
    kim.opens("/accounts/2fa/webauthn/")
    kim.reads("The key on my ring")
    kim.reads("Used last on")
    kim.presses("Rename")
    kim.reads("Is it still you?")
    kim.presses("Use a passkey")
    kim.proves("Use a passkey", "/edit/")
    kim.fills(name="My phone")
    kim.presses("Save")
    kim.reads("My phone")
    kim.presses("Remove")
    kim.reads("will open your account no more")
    kim.presses("Remove the passkey")
    kim.reads("The passkey is removed.")
    kim.reads("No passkey yet.")
    kim.leaves()
    kim.signs_in()
    kim.reads("My day")
    assert kim.faults == []


def test_a_passkey_as_a_second_step_in_spanish(holder: Callable[..., Holder]) -> None:
    noa = holder("noa@cedar.example", 1280, "es")
    noa.signs_in()
    noa.takes_a_device()
    noa.opens("/accounts/2fa/webauthn/add/")
    noa.fills(password=PASSWORD)
    noa.presses(noa.says("Go on"))
    noa.proves(noa.says("Add the passkey"), "/recovery-codes/")
    noa.leaves()
    noa.signs_in()
    noa.reads(noa.says("One more step"))
    noa.proves(noa.says("Use a passkey"), "/my-day/")
    noa.opens("/accounts/2fa/webauthn/")
    noa.presses(noa.says("Remove"))
    noa.fills(password=PASSWORD)
    noa.presses(noa.says("Go on"))
    noa.presses(noa.says("Remove the passkey"))
    noa.reads(noa.says("No passkey yet."))
    assert noa.faults == []


def test_at_an_address_of_numbers_it_says_what_is_needed(holder: Callable[..., Holder]) -> None:
    kim = holder("kim@cedar.example", 390, name="127.0.0.1")
    kim.opens("/accounts/login/")
    assert kim.page.locator("form[data-passkey]:visible").count() == 0
    kim.signs_in()
    kim.opens("/accounts/2fa/webauthn/add/")
    kim.fills(password=PASSWORD)
    kim.presses("Go on")
    kim.reads("A passkey needs a web address with a name")
    assert kim.page.locator("[data-passkey-go]:visible").count() == 0
    assert kim.faults == []
