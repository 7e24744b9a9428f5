"""A page as a browser without scripts has it: its links, its forms, its words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXTLESS = {"script", "style", "svg"}


@dataclass
class Form:
    """A form with what it holds when the page opens. ``choices``: values of radios and selects by name."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """Every field that a person could fill in."""
        return set(self.values) | set(self.choices)


@dataclass
class Page:
    """What was read: address, status, words, links and forms."""

    url: str
    status: int
    text: str = ""
    heading: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    def form(self, *, action: str = "", having: str = "") -> Form:
        """The first form whose action ends so, or that has this field; raises LookupError."""
        for each in self.forms:
            if (not action or each.action.rstrip("/").endswith(action.rstrip("/"))) and (
                not having or having in each.names
            ):
                return each
        raise LookupError(f"no form {action or having!r} on {self.url} ({self.heading})")

    def link(self, *, to: str = "", words: str = "") -> str:
        """The first link whose address holds ``to`` and whose words hold ``words``; raises LookupError."""
        for href, label in self.links:
            if to in href and words.casefold() in label.casefold():
                return href
        raise LookupError(f"no link to {to or words!r} on {self.url} ({self.heading})")


class _Reader(HTMLParser):
    """Reads HTML as it comes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.heading = ""
        self._form: Form | None = None
        self._link: str | None = None
        self._label: list[str] = []
        self._silent = 0
        self._in_heading = False
        self._select: str | None = None
        self._selected: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in TEXTLESS:
            self._silent += 1
        elif tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            self._link, self._label = given["href"], []
        elif tag == "h1":
            self._in_heading = True
        elif self._form is not None:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form, name = self._form, given.get("name", "")
        if form is None:
            return
        if tag == "input" and name and "disabled" not in given:
            self._input(form, name, given)
        elif tag == "select" and name:
            self._select, self._selected = name, None
            form.choices.setdefault(name, [])
        elif tag == "option" and self._select:
            value = given.get("value", "")
            form.choices[self._select].append(value)
            if "selected" in given or self._selected is None:
                self._selected = value
        elif tag == "textarea" and name:
            self._area = name
            form.values.setdefault(name, [""])
        elif tag == "button" and given.get("type", "submit") == "submit":
            form.buttons.append((name, given.get("value", "")))

    @staticmethod
    def _input(form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        value = given.get("value", "on" if kind in {"checkbox", "radio"} else "")
        if kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(value)
            if "checked" in given:
                form.values.setdefault(name, []).append(value)
        elif kind not in {"submit", "button", "file", "image"}:
            form.values.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in TEXTLESS:
            self._silent = max(0, self._silent - 1)
        elif tag == "form":
            self._form = None
        elif tag == "a" and self._link is not None:
            self.links.append((self._link, " ".join("".join(self._label).split())))
            self._link = None
        elif tag == "h1":
            self._in_heading = False
        elif tag == "select" and self._form is not None and self._select:
            self._form.values[self._select] = [self._selected or ""]
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.values[self._area][-1] += data
        if self._silent:
            return
        self.words.append(data)
        if self._link is not None:
            self._label.append(data)
        if self._in_heading:
            self.heading += data


def read(url: str, status: int, html: str) -> Page:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    return Page(
        url=url,
        status=status,
        text=" ".join("".join(reader.words).split()),
        heading=" ".join(reader.heading.split()),
        links=reader.links,
        forms=reader.forms,
    )
