"""A partner's two pages stand open; meanwhile the person takes it all back."""

import pytest
from playwright.sync_api import Browser

from tests.browser.people import Somebody, Way
from tests.browser.site import Site, run

pytestmark = pytest.mark.browser
WITHDREW = "%(who)s withdrew referral %(reference)s. You no longer see it."


def test_the_next_press_says_so_and_loses_nothing(site: Site, chromium: Browser, way: Way) -> None:
    context = chromium.new_context(java_script_enabled=way.scripts, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)

    # given: Sam has the referral open twice, and is writing on one of the pages
    sent = run(site.environment, "owner", "-m", "tests.browser.seed_ended", "send")
    referral, consent = sent.split()[-2:]
    sam, other = (
        Somebody(
            site=site, context=context, email="sam@bank.example", scripts=way.scripts, language=way.language
        )
        for _each in range(2)
    )
    sam.signs_in()
    sam.opens(f"/referrals/{referral}/")
    sam.reads("Rosa")
    other.opens(f"/referrals/{referral}/")
    other.fills(words="Puede venir el viernes a las diez.")

    # when: Rosa takes it back, with what was sent
    run(site.environment, "owner", "-m", "tests.browser.seed_ended", "recall", consent)

    # then: either page answers with words, and what was typed is there to copy
    sam.presses(sam.says("We can help"))
    sam.reads(sam.says(WITHDREW, who="Cedar Clinic", reference="§").partition("§")[0])
    sam.reads(sam.says("This was not done."))
    other.presses(other.says("Send message"))
    other.reads(other.says(WITHDREW, who="Cedar Clinic", reference="§").partition("§")[0])
    other.reads("Puede venir el viernes a las diez.")
    assert "Rosa" not in other.page.content()
    assert sam.faults + other.faults == []
    context.close()
