"""Compile the translations that changed (locale/*/LC_MESSAGES/*.po to .mo), without gettext's programs."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Compile; returns 1 when a file cannot be read."""
    code = 0
    for source in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            with source.open("rb") as file:
                catalog = read_po(file, locale=source.parts[-3], abort_invalid=True)
        except (PoFileError, ValueError) as error:
            sys.stderr.write(f"{source.relative_to(ROOT)}: {error}\n")
            code = 1
            continue
        draft = target.with_suffix(".new")
        with draft.open("wb") as file:
            write_mo(file, catalog)
        draft.replace(target)
    return code


if __name__ == "__main__":
    sys.exit(main())
