"""Bring the translations up to date with the words in the source, without gettext's programs.

Reads every ``_()`` of the Python and every translated word of the templates (also those in the attributes of
components), and writes locale/*/LC_MESSAGES/*.po anew: sorted, with the files but no line numbers, so that a
change of words is all that a difference shows. Words that are gone are dropped; new ones come untranslated.
``--check`` writes nothing, names what a language lacks, and ends with 1 when there is something.
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("config", "waypost")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
# The words of Waypost in another language. How to translate: docs/how-to/translate.md
"""
Found = tuple[int, str, Any, list[str]]


def words_of(path: Path) -> Iterable[Found]:
    """The messages in one file: line, function, arguments, comments for translators."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = _as_python(source, path)
    options = {"encoding": "utf-8"}
    return extract_python(BytesIO(source.encode()), list(KEYWORDS), ["Translators:"], options)


def _as_python(source: str, path: Path) -> str:
    """A template as lines that read like Python: Django's own way to make its words found."""
    lines = templatize(source, origin=str(path)).replace("(u'", "('").replace('(u"', '("').splitlines()
    return "\n".join(line.strip() for line in lines)


def template() -> Catalog:
    """All messages of the source, each with the files in which it stands."""
    catalog = Catalog(fuzzy=False)
    for path in _files():
        where = str(path.relative_to(ROOT))
        for _line, function, arguments, comments in words_of(path):
            found = _message(function, arguments)
            if found:
                text, context = found
                catalog.add(text, context=context, locations=[(where, 0)], auto_comments=comments)
    return catalog


def _files() -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            is_template = path.suffix in {".html", ".txt"} and "templates" in path.parts
            if is_template or (path.suffix == ".py" and "migrations" not in path.parts):
                yield path


def _message(function: str, arguments: Any) -> tuple[str | tuple[str, str], str | None] | None:
    """The text (or both forms) and the context; None where the words are not written out there."""
    given = list(arguments) if isinstance(arguments, tuple) else [arguments]
    context = given.pop(0) if "pgettext" in function else None
    forms = given[:2] if "ngettext" in function or "npgettext" in function else given[:1]
    if not all(isinstance(each, str) and each for each in forms):
        return None
    return (forms[0] if len(forms) == 1 else (forms[0], forms[1])), context


def renewed(path: Path, source: Catalog) -> Catalog:
    """The translations of one file for today's messages."""
    language = path.parts[-3]
    with path.open("rb") as file:
        old = read_po(file, locale=language, abort_invalid=True)
    new = Catalog(locale=language, header_comment=HEADER.strip(), project="Waypost", version="1", fuzzy=False)
    for message in source:
        if message.id:
            known = old.get(message.id, message.context)
            new.add(
                message.id,
                known.string if known else None,
                locations=sorted(set(message.locations)),
                auto_comments=message.auto_comments,
                user_comments=known.user_comments if known else (),
                context=message.context,
            )
    return new


def lacking(catalog: Catalog) -> list[str]:
    """The messages without a translation."""
    return [str(each.id) for each in catalog if each.id and not _whole(each.string)]


def _whole(string: Any) -> bool:
    return all(string) if isinstance(string, (list, tuple)) else bool(string)


def as_text(catalog: Catalog) -> bytes:
    """The file as it is kept: without the dates of gettext's heading, which only make differences."""
    draft = BytesIO()
    write_po(draft, catalog, width=110, sort_output=True, include_lineno=False, omit_header=True)
    heading = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale_identifier}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return (HEADER + heading).encode() + draft.getvalue()


def main() -> int:
    """Write the files, or with ``--check`` only say what is missing."""
    settings.configure(USE_I18N=True)
    source, code = template(), 0
    for path in sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po")):
        catalog = renewed(path, source)
        missing = lacking(catalog)
        sys.stdout.write(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {len(missing)} untranslated\n")
        if "--check" in sys.argv:
            sys.stdout.writelines(f"  {each}\n" for each in missing)
            code = code or int(bool(missing))
        else:
            path.write_bytes(as_text(catalog))
    return code


if __name__ == "__main__":
    sys.exit(main())
