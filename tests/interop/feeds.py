"""The real communities and the standard's examples, as feeds."""

from pathlib import Path

FEEDS = {
    "ohana": "communities/ohana-sample",
    "ilao": "communities/illinois-ilao",
    "haarrrvest": "communities/haarrrvest-food-cc0/hsds_jobs.ndjson",
}


def feed(shared_data: Path, name: str) -> Path:
    """The files of a community."""
    return shared_data / FEEDS[name]
