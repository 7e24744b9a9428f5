"""``make bench``: how good the search is; what it, the person page, the inbox and sending cost."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """A fresh database on the embedded server, filled, measured, dropped."""
    sys.path.insert(0, str(ROOT))
    from bench.database import bench_database  # noqa: PLC0415 - the environment comes first

    with bench_database(ROOT):
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django  # noqa: PLC0415

        django.setup()
        from bench import importing, measures, relevance  # noqa: PLC0415 - need Django

        relevance.run()
        measures.run(listings=int(os.environ.get("BENCH_LISTINGS", "10000")))
        importing.importing(int(os.environ.get("BENCH_IMPORT", "5000")))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
