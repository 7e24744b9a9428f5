"""The walking loop: three people of two organizations take one need to a closed loop, page by page.

Uses only what a browser would: addresses found as links, forms as they stand on the page. Nothing of the
database, so it runs against any site.
"""

import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from waypost.demo.browser import Browser, StepFailed
from waypost.demo.pages import Form, Page

SYLLABLES = tuple("bel dar fen gil hol kem lor mun nes pel quin ros sil tam vel".split())
NEED, QUESTION = "food-insecurity", "food"
MOST_PAGES = 6
UUID_IN = re.compile(r"/listing/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")


@dataclass(frozen=True)
class People:
    """Who walks, by e-mail, and the password that they share."""

    coordinator: str
    referrer: str
    partner: str
    password: str


@dataclass(frozen=True)
class Done:
    """One step that worked, and how long it took."""

    words: str
    milliseconds: int


def invented_name() -> tuple[str, str]:
    """A name that nobody has: three syllables twice."""
    return _syllables(2), _syllables(3)


def _syllables(count: int) -> str:
    return "".join(secrets.choice(SYLLABLES) for _ in range(count)).capitalize()


@dataclass
class Walk:
    """One walk. ``steps`` runs it; the first page that does not answer as it should raises StepFailed."""

    base_url: str
    people: People
    name: tuple[str, str] = field(default_factory=invented_name)

    def __post_init__(self) -> None:
        self.referrer, self.coordinator, self.partner = (Browser(self.base_url) for _ in range(3))
        self.person_url = self.referral_url = ""
        self.services: set[str] = set()

    @property
    def _whole_name(self) -> str:
        return " ".join(self.name)

    def steps(self) -> Iterator[Done]:
        """Walk, and tell each step as it is done."""
        for words, step in self._steps():
            started = time.perf_counter()
            try:
                step()
            except (StepFailed, LookupError, OSError, ValueError) as error:
                raise StepFailed(f"{words}: {error}") from error
            yield Done(words, round((time.perf_counter() - started) * 1000))

    def _steps(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("The referrer signs in", lambda: self._sign_in(self.referrer, self.people.referrer)),
            (f"asks for a coordinator for {self._whole_name}", self._ask),
            ("The coordinator signs in", lambda: self._sign_in(self.coordinator, self.people.coordinator)),
            ("takes the request and registers the person", self._register),
            ("screens with the short screener", self._screen),
            ("records the agreement", self._agree),
            ("The partner signs in and looks at the own listing", self._partner_comes),
            ("The coordinator chooses the partner's service", self._choose),
            ("says how it is handed over", self._hand_over),
            ("checks, and sends the referral", self._send),
            ("The partner finds it in the inbox and accepts", self._accept),
            ("sets a date", self._schedule),
            ("reports that the service was received", self._report),
            ("The coordinator asks the person: received, and the need is met", self._ask_person),
            ("sees the loop closed", self._see_closed),
            ("The referrer sees who took the request", self._see_taken),
        ]

    def _sign_in(self, browser: Browser, email: str) -> None:
        page = browser.get("/accounts/login/")
        known = {"login": email, "password": self.people.password}
        page = browser.submit(page.form(having="password"), known)
        if any("password" in form.names and "login" in form.names for form in page.forms):
            raise StepFailed(f"{email} could not sign in: {page.text[:300]}")

    def _ask(self) -> None:
        page = self.referrer.get("/ask/")
        page = self.referrer.submit(
            page.form(having="person_name"),
            {
                "person_name": self._whole_name,
                "phone": "206-555-0100",
                "reason": NEED,
                "reason_words": "Not enough food at the end of the month.",
                "channel": "warm_handoff",
                "expects_call": "on",
            },
        )
        _need_words(self.referrer.get("/my-requests/"), self._whole_name)

    def _register(self) -> None:
        here = self.coordinator
        here.get("/my-day/")
        here.follow(to="/requests/", words=self._whole_name)
        page = here.follow(to="/people/new/")
        form = page.form(having="given_name")
        page = here.submit(
            form, {"given_name": self.name[0], "family_name": self.name[1], "postal_code": "98144"}
        )
        if any("confirm" in each.names or ("confirm", "yes") in each.buttons for each in page.forms):
            page = here.submit(page.form(having="given_name"), button="confirm")
        self.person_url = _expect(page, "/people/", self._whole_name)

    def _screen(self) -> None:
        here = self.coordinator
        here.follow(to="/screen/")
        page = here.follow(to="/screen/")
        form = page.form(having=QUESTION)
        answers = {"first-priority": NEED, QUESTION: "yes", f"{QUESTION}-help": "yes", "rent": "no"}
        page = here.submit(form, {name: value for name, value in answers.items() if name in form.names})
        _expect(page, self.person_url)

    def _agree(self) -> None:
        page = self.coordinator.follow(to="/agree/")
        page = self.coordinator.submit(page.form(having="topics"), button="read")
        form = page.form(having="captured")
        page = self.coordinator.submit(form, {"captured": "spoken"}, button="agrees")
        _expect(page, self.person_url)

    def _partner_comes(self) -> None:
        self._sign_in(self.partner, self.people.partner)
        page = self.partner.get("/listing/")
        self.services = {found for href, _label in page.links for found in UUID_IN.findall(href)}
        if not self.services:
            raise StepFailed(f"{self.people.partner} has no service on {page.url}: {page.text[:300]}")

    def _choose(self) -> None:
        here = self.coordinator
        here.get(self.person_url)
        page = here.follow(to="/services/")
        for _page in range(MOST_PAGES):
            form = page.form(having="service")
            theirs = [each for each in form.choices["service"] if each in self.services]
            if theirs:
                here.submit(form, {"service": theirs[0]})
                return
            page = here.follow(to="show=")
        raise StepFailed(f"none of the partner's services is offered on {page.url}: {page.text[:300]}")

    def _hand_over(self) -> None:
        form = self.coordinator.page.form(having="handoff")
        page = self.coordinator.submit(
            form,
            {
                "handoff": "inbox",
                "next_move": "they_call",
                "person_knows": "on",
                "words_to_recipient": "Can come on Friday.",
            },
        )
        _expect(page, "/check/")

    def _send(self) -> None:
        page = self.coordinator.submit(self.coordinator.page.form(action="/send/"))
        self.referral_url = _expect(page, "/referrals/", "")

    def _path(self) -> str:
        return "/" + self.referral_url.split("/", 3)[3]

    def _accept(self) -> None:
        page = self.partner.get("/inbox/")
        _need_words(page, self._whole_name)
        page = self.partner.get(page.link(to=self._path()))
        self.partner.submit(_form_with(page, "move", "accept"), button="accept")

    def _schedule(self) -> None:
        page = self.partner.get(self._path())
        page = self.partner.follow(to="only=scheduled")
        when = (datetime.now().astimezone() + timedelta(days=2)).strftime("%Y-%m-%dT10:00")
        page = self.partner.submit(page.form(having="scheduled_for"), {"scheduled_for": when})
        _expect(page, self._path())

    def _report(self) -> None:
        page = self.partner.get(self._path())
        page = self.partner.get(_link_ending(page, f"{self._path()}report/"))
        page = self.partner.submit(
            page.form(having="fact"), {"fact": "received", "words": "Took home a box for four."}
        )
        _expect(page, self._path())

    def _ask_person(self) -> None:
        page = self.coordinator.get(self._path())
        _need_words(page, "Took home a box for four.")
        page = self.coordinator.submit(
            page.form(having="need"), {"source": "person", "fact": "received", "need": "need_met"}
        )
        _expect(page, self._path())

    def _see_closed(self) -> None:
        self.coordinator.get("/referrals/?tab=closed").link(to=self._path())
        still_open = self.coordinator.get("/referrals/?tab=open")
        if any(self._path() in href for href, _label in still_open.links):
            raise StepFailed("the referral still stands among the open ones")

    def _see_taken(self) -> None:
        page = self.referrer.get("/my-requests/")
        _need_words(page, self._whole_name)


def _expect(page: Page, address: str, words: str = "") -> str:
    """The page's address, which must hold this; the page must hold these words."""
    if address not in page.url:
        raise StepFailed(f"expected {address}, came to {page.url} ({page.heading}): {page.text[:400]}")
    _need_words(page, words)
    return page.url.split("?")[0]


def _need_words(page: Page, words: str) -> None:
    if words not in page.text:
        raise StepFailed(f"{words!r} does not stand on {page.url} ({page.heading}): {page.text[:400]}")


def _link_ending(page: Page, ending: str) -> str:
    for href, _label in page.links:
        if href.endswith(ending):
            return href
    raise LookupError(f"no link to {ending} on {page.url} ({page.heading})")


def _form_with(page: Page, name: str, value: str) -> Form:
    for form in page.forms:
        if (name, value) in form.buttons or value in form.values.get(name, []):
            return form
    raise LookupError(f"no button {name}={value} on {page.url} ({page.heading})")
