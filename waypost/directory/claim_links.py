"""The link that proves a claim: signed, two days good, and only while the claim holds the same key."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from waypost.directory.rules.proof import LINK_LIFE
from waypost.kernel.errors import NotVisible, Refused

_SALT = "waypost.directory.claim"
_NEWCOMERS = "waypost.directory.newcomer"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says: which claim, and the key that it held when the link was made."""

    claim_id: UUID
    key: str


def link_token(link: Link) -> str:
    """What stands in the address."""
    return signing.dumps({"claim": str(link.claim_id), "key": link.key}, salt=_SALT)


def newcomer_token(link: Link) -> str:
    """The same for somebody without an account; one is no use in place of the other."""
    return signing.dumps({"claim": str(link.claim_id), "key": link.key}, salt=_NEWCOMERS)


def read_link(token: str) -> Link:
    """Read an address; refused when it is too old, NotVisible when it was made up."""
    return _read(token, _SALT)


def read_newcomer_link(token: str) -> Link:
    """The same for somebody without an account."""
    return _read(token, _NEWCOMERS)


def _read(token: str, salt: str) -> Link:
    try:
        body = signing.loads(token, salt=salt, max_age=LINK_LIFE)
        return Link(UUID(body["claim"]), str(body["key"]))
    except signing.SignatureExpired:
        raise Refused(_("This link is older than two days. Ask for a new one.")) from None
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        raise NotVisible from None
