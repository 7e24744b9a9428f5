"""A partner's two pages stand open; meanwhile the person takes it all back."""

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.people import Somebody
from tests.browser.site import Site, run

pytestmark = pytest.mark.browser


def test_the_next_press_says_so_and_loses_nothing(
    site: Site, context: BrowserContext, request: pytest.FixtureRequest
) -> None:
    # given: Sam has the referral open twice, and is writing on one of the pages
    sent = run(site.environment, "owner", "-m", "tests.browser.seed_ended", "send")
    referral, consent = sent.split()[-2:]
    scripts = "without scripts" not in request.node.name
    sam = Somebody(site=site, context=context, email="sam@bank.example", scripts=scripts)
    sam.signs_in()
    sam.opens(f"/referrals/{referral}/")
    sam.reads("Rosa")
    other = Somebody(site=site, context=context, email="sam@bank.example", scripts=scripts)
    other.opens(f"/referrals/{referral}/")
    other.fills(words="He can come on Friday at ten.")

    # when: Rosa takes it back, with what was sent
    run(site.environment, "owner", "-m", "tests.browser.seed_ended", "recall", consent)

    # then: either page answers with words, and what was typed is there to copy
    sam.presses("We can help")
    sam.reads("Cedar Clinic withdrew referral")
    sam.reads("This was not done.")
    other.presses("Send message")
    other.reads("Cedar Clinic withdrew referral")
    other.reads("He can come on Friday at ten.")
    assert "Rosa" not in other.page.content()
    assert sam.faults + other.faults == []
