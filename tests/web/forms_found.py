"""The forms of a page as a browser sees them, filled in with something that may be right."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

FILLINGS = {
    "date": "2026-11-25",
    "datetime-local": "2026-11-25T10:00",
    "email": "zoe@quill.example",
    "number": "3",
    "tel": "206-555-0199",
    "time": "10:00",
    "url": "https://quill.example/",
}
TOKEN = "csrfmiddlewaretoken"


@dataclass
class FoundForm:
    """Where it goes, and a value for each of its fields; several for what may be ticked together."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    def offer(self, name: str, value: str) -> None:
        """The first offer counts, unless it was empty."""
        if name and name != TOKEN and not any(self.fields.get(name, [])):
            self.fields[name] = [value]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[FoundForm] = []
        self._open: FoundForm | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = FoundForm(given.get("action", ""), given.get("method", "get").lower())
            self.found.append(self._open)
        elif self._open is None:
            return
        elif tag == "select":
            self._select = given.get("name", "")
            self._open.offer(self._select, "")
        elif tag == "option" and self._select:
            self._open.offer(self._select, given.get("value", ""))
        elif tag in {"input", "textarea", "button"}:
            usual = FILLINGS.get(given.get("type", ""), "" if tag == "button" else "Zoe")
            self._open.offer(given.get("name", ""), given.get("value") or usual)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""


def forms_of(page: str, address: str) -> list[FoundForm]:
    """All forms of this page; one without an address of its own goes to the page's."""
    reader = _Reader()
    reader.feed(page)
    for each in reader.found:
        each.action = each.action or address
    return reader.found
