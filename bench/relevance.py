"""How good the answers are: the judged questions of tests/relevance over the three real communities."""

import os
import time
from pathlib import Path

from django.db import transaction

from tests.relevance.questions import FEEDS, average, import_communities, marks

WORST = 10


def shared_data() -> Path:
    """Where the real communities lie; the tests look there too."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("WAYPOST_SHARED_DATA", beside))


def run() -> None:
    """Import, ask, print; nothing of it is kept."""
    folder = shared_data()
    if not (folder / "communities").is_dir():
        print(f"relevance: not measured, there are no communities at {folder}")
        return
    with transaction.atomic():
        begun = time.perf_counter()
        import_communities(folder)
        took = time.perf_counter() - begun
        begun = time.perf_counter()
        found = marks()
        asking = time.perf_counter() - begun
        transaction.set_rollback(True)
    print(f"relevance: {len(found)} questions, asked in {asking:.1f} s; communities imported in {took:.0f} s")
    print(f"  nDCG@10  all {average(found):.3f}  English {average(found, language='en'):.3f}", end="")
    print(f"  Spanish {average(found, language='es'):.3f}  |  ", end="")
    print("  ".join(f"{each} {average(found, community=each):.3f}" for each in FEEDS))
    for mark in sorted(found, key=lambda each: each.value)[:WORST]:
        question = mark.question
        print(f"  {mark.value:.2f}  {question.words} {question.zip}  {mark.found}")
