"""Fetching from addresses that somebody typed in: the public internet only, with an end to time and size.

Use nothing else to open an address that comes from a form or a feed.
"""

from waypost.kernel.fetching.addresses import NotFetched, allowed_networks, check_address
from waypost.kernel.fetching.download import Downloaded, download
from waypost.kernel.fetching.request import Answer, Limits, fetch, look

__all__ = [
    "Answer",
    "Downloaded",
    "Limits",
    "NotFetched",
    "allowed_networks",
    "check_address",
    "download",
    "fetch",
    "look",
]
