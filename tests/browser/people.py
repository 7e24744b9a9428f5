"""What the three people of the journey do, in steps that read as sentences."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.site import Site
from tests.browser.spanish import english_left
from tests.community import PASSWORD

TICKED = "ticked"
SERIOUS = {"serious", "critical"}


@dataclass(frozen=True)
class Way:
    """In which language a journey is walked, and whether scripts run."""

    language: str
    scripts: bool


@dataclass
class Somebody:
    """One person at a browser; looks at every page passed with axe where scripts run."""

    site: Site
    context: BrowserContext
    email: str
    scripts: bool
    language: str = "en"
    typed: frozenset[str] = frozenset()  # words of listings and people, in whatever language
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.reads_in_own_language()

    def reads_in_own_language(self) -> None:
        """As once chosen at the top of a page."""
        if self.language != "en":
            cookie = {"name": "django_language", "value": self.language, "url": self.site.url}
            self.context.add_cookies([cookie])  # type: ignore[list-item]

    def says(self, words: str, **given: str) -> str:
        """Words of the site in this person's language; in another than English they must be translated."""
        with translation.override(self.language):
            said = translation.gettext(words)
        assert self.language == "en" or said != words, f"no {self.language} for {words!r}"
        return said % given if given else said

    def says_of(self, one: str, many: str, count: int, **given: str) -> str:
        """The same for words that count."""
        with translation.override(self.language):
            said = translation.ngettext(one, many, count)
        assert self.language == "en" or said not in {one, many}, f"no {self.language} for {one!r}"
        return said % given if given else said

    def comes_anew(self) -> None:
        """As if at another device: signed in no more."""
        self.context.clear_cookies()
        self.reads_in_own_language()

    def opens(self, address: str) -> None:
        """Go to an address of the site."""
        self.page.goto(self.site.url + address)
        self.looks()

    def signs_in(self) -> None:
        """By e-mail and password."""
        self.opens("/accounts/login/")
        self.page.fill("main [name=login]", self.email)
        self.page.fill("main [name=password]", PASSWORD)
        self.presses(self.says("Sign in"))

    def presses(self, words: str) -> None:
        """A button or link by its words; waits for the page that follows."""
        control = self.page.locator("main").locator(
            f"button:has-text('{words}'):visible, a:has-text('{words}'):visible"
        )
        control.first.click()
        self.page.wait_for_load_state("load")
        self.looks()

    def fills(self, **fields: str) -> None:
        """Text, dates and choices by field name."""
        for name, value in fields.items():
            box = self.page.locator(f"main [name='{name}']").first
            if self.page.locator(f"main select[name='{name}']").count():
                box.select_option(value)
            elif value == TICKED:
                box.check()
            elif box.get_attribute("type") in {"radio", "checkbox"}:
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            else:
                box.fill(value)

    def reads(self, words: str) -> None:
        """These words stand on the page."""
        there = self.page.locator("body").inner_text()
        assert words in there, f"{words!r} is not on {self.page.url}, but:\n{there[:2000]}"

    def looks(self, language: str = "") -> None:
        """The page is sound: no error, no sideways scrolling, and axe finds nothing serious.

        ``language``: that of a page for somebody else, such as a copy to take home.
        """
        wanted = language or self.language
        assert self.page.locator("h1").count() == 1, f"{self.page.url} has no single heading"
        assert self.page.locator("html").get_attribute("lang") == wanted, self.page.url
        if wanted == "es" and self.scripts:
            self.faults += [
                f"{self.page.url}: still English: {each}"
                for each in english_left(self.page, typed=self.typed)
            ]
        if not self.scripts:
            return
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        assert not wide, f"{self.page.url} scrolls sideways"
        found = Axe().run(self.page).response["violations"]
        self.faults += [
            f"{self.page.url}: {each['id']} ({each['impact']}) {each['nodes'][0]['html'][:160]}"
            for each in found
            if each["impact"] in SERIOUS
        ]


def without_site_scripts(context: BrowserContext) -> None:
    """Keep the site's own scripts away, so that axe sees the page as it was sent."""

    def stop(route: Route) -> None:
        route.abort()

    context.route("**/static/**/*.js", stop)
