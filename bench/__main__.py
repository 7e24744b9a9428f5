"""``make bench``: how good the search is, what it costs in a large directory, what the other pages cost."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("relevance", "import", "pages", "walls", "search")
LISTED = 1000


def main() -> int:
    """Each part in a process of its own, on a fresh database of the embedded server."""
    for part in sys.argv[1:] or PARTS:
        command = f"from bench.__main__ import run; run({part!r})"
        done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


def run(part: str) -> None:
    """Make the database, measure one part, drop it."""
    sys.path.insert(0, str(ROOT))
    from bench.database import NAME, bench_database  # noqa: PLC0415 - the environment comes first

    with bench_database(ROOT) as cluster:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django  # noqa: PLC0415

        django.setup()
        from bench import importing, measures, relevance, speed, walls  # noqa: PLC0415 - need Django
        from waypost.kernel.postgres.cluster import SUPERUSER  # noqa: PLC0415

        if part == "relevance":
            relevance.run()
        elif part == "import":
            importing.importing(int(os.environ.get("BENCH_IMPORT", "5000")))
        elif part == "pages":
            measures.run(listings=LISTED)
        elif part == "walls":
            walls.run(int(os.environ.get("BENCH_PEOPLE", "1000000")), cluster.url(SUPERUSER, NAME))
        elif part == "search":
            speed.run(int(os.environ.get("BENCH_LISTINGS", "100000")), cluster.url(SUPERUSER, NAME))
        else:
            raise SystemExit(f"{part} is none of {', '.join(PARTS)}")


if __name__ == "__main__":
    raise SystemExit(main())
