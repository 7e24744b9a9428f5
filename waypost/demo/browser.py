"""A browser without scripts: cookies, redirects, forms with their hidden fields. Loopback or https only."""

from collections.abc import Mapping
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from waypost.demo.pages import Form, Page, read

TIMEOUT_SECONDS = 30
ERROR = 400


class StepFailed(Exception):
    """A page answered otherwise than a person could go on with."""


class Browser:
    """One person's browser on one site."""

    def __init__(self, base_url: str) -> None:
        if urlsplit(base_url).scheme not in {"http", "https"}:
            raise ValueError("the address must begin with http:// or https://")
        self.base_url = base_url.rstrip("/")
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self.page = Page(url=self.base_url, status=0)

    def get(self, address: str, *, allow: tuple[int, ...] = ()) -> Page:
        """Open an address; an error page raises StepFailed unless its status is allowed."""
        return self._open(Request(self._whole(address)), allow)  # noqa: S310 - scheme checked above

    def submit(
        self,
        form: Form,
        filled: Mapping[str, str | list[str]] | None = None,
        *,
        button: str = "",
        allow: tuple[int, ...] = (),
    ) -> Page:
        """Send a form as it stands on the page, with some fields filled in; fields must exist there."""
        values = {name: list(given) for name, given in form.values.items()}
        for name, value in (filled or {}).items():
            if name not in form.names:
                raise StepFailed(f"the form {form.action or self.page.url} has no field {name!r}")
            wanted = [value] if isinstance(value, str) else list(value)
            offered = form.choices.get(name)
            strange = [each for each in wanted if offered is not None and each not in offered]
            if strange:
                raise StepFailed(f"{name!r} offers {offered}, not {strange}")
            values[name] = wanted
        if button:
            chosen = [each for each in form.buttons if button in each]
            if not chosen:
                raise StepFailed(f"no button {button!r} on {self.page.url}: {form.buttons}")
            values[chosen[0][0]] = [chosen[0][1]]
        pairs = [(name, each) for name, given in values.items() for each in given]
        target = self._whole(form.action or self.page.url)
        if form.method == "get":
            return self.get(f"{target.split('?')[0]}?{urlencode(pairs)}", allow=allow)
        headers = {"Referer": self.page.url, "Origin": self.base_url}
        request = Request(target, data=urlencode(pairs).encode(), headers=headers)  # noqa: S310
        return self._open(request, allow)

    def follow(self, *, to: str = "", words: str = "") -> Page:
        """Follow a link of the present page."""
        return self.get(self.page.link(to=to, words=words))

    def _whole(self, address: str) -> str:
        whole = urljoin(self.page.url if self.page.status else self.base_url + "/", address)
        if urlsplit(whole).netloc != urlsplit(self.base_url).netloc:
            raise StepFailed(f"{whole} leads away from the site")
        return whole

    def _open(self, request: Request, allow: tuple[int, ...]) -> Page:
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                body, status, url = answer.read(), answer.status, answer.url
        except HTTPError as error:
            body, status, url = error.read(), error.code, error.url or request.full_url
        self.page = read(url, status, body.decode("utf-8", "replace"))
        if status >= ERROR and status not in allow:
            words = self.page.text[:300]
            raise StepFailed(f"{request.get_method()} {request.full_url} answered {status}: {words}")
        return self.page
