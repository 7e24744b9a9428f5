"""Which addresses may be opened: http and https, on machines that the whole internet can reach."""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

MAX_ADDRESS = 2000
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address inside an IPv6 one
# Not for the whole internet by IANA's registries, whatever the Python at hand knows of them.
_CLOSED: tuple[Network, ...] = tuple(
    ipaddress.ip_network(each)
    for each in (
        "192.0.0.0/24 192.88.99.0/24 ::/96 64:ff9b:1::/48 100::/64 2001:2::/48 2001:10::/28 2001:20::/28"
        " 3fff::/20 5f00::/16 fec0::/10"
    ).split()
)
_PORTS = {"http": 80, "https": 443}


class NotFetched(Exception):
    """An address could not be fetched. ``words`` are for people; ``again``: later it may be different."""

    def __init__(self, words: str, *, again: bool = False, status: int = 0) -> None:
        super().__init__(words)
        self.words = words
        self.again = again
        self.status = status


@dataclass(frozen=True, slots=True)
class Place:
    """Where to connect: the one machine that was checked, and what to ask it for."""

    scheme: str
    host: str
    port: int
    ip: str
    target: str

    @property
    def host_header(self) -> str:
        """The host as HTTP names it, with the port unless it is the usual one."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _PORTS[self.scheme] else f"{name}:{self.port}"


def allowed_networks() -> tuple[Network, ...]:
    """Networks that may be reached although they are not public, by the setting ``FETCH_PRIVATE``."""
    return tuple(ipaddress.ip_network(each) for each in getattr(settings, "FETCH_PRIVATE", ()))


def check_address(url: str) -> SplitResult:
    """The parts of an address that may be tried at all. Raises NotFetched with words for its writer."""
    text = url.strip()
    if len(text) > MAX_ADDRESS or not text.isprintable() or " " in text or "\\" in text:
        raise NotFetched("This is not an address of the web.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise NotFetched("This is not an address of the web.") from None
    if parts.scheme not in _PORTS:
        raise NotFetched("The address must begin with https:// or http://.")
    if parts.username is not None or parts.password is not None:
        raise NotFetched("The address must not hold a user name or password.")
    if not parts.hostname or port == 0:
        raise NotFetched("The address names no host.")
    return parts


def resolve(url: str, networks: Iterable[Network]) -> Place:
    """Look the host up once and choose a machine that may be reached. Raises NotFetched.

    One forbidden answer among several refuses the whole name: it would be a matter of luck which is taken.
    """
    parts = check_address(url)
    host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
    allowed = tuple(networks)
    ips = _lookup(host, port)
    if not all(is_open(ip, allowed) for ip in ips):
        raise NotFetched("The address leads to a machine that is not on the public internet.")
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    target = "".join(each if each.isascii() else _quoted(each) for each in target)
    return Place(parts.scheme, _ascii(host), port, str(ips[0]), target)


def _lookup(host: str, port: int) -> list[Ip]:
    try:
        found = socket.getaddrinfo(_ascii(host), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(f"There is no machine called {host}.", again=True) from None
    texts = dict.fromkeys(str(each[4][0]).partition("%")[0] for each in found)
    ips: list[Ip] = [ipaddress.ip_address(text) for text in texts]
    return sorted(ips, key=lambda ip: ip.version)


def is_open(ip: Ip, allowed: Iterable[Network] = ()) -> bool:
    """Whether this address is public, also where one address is written inside another."""
    if any(ip.version == network.version and ip in network for network in allowed):
        return True
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _inside(ip)
        if inner is not None:
            return is_open(inner, allowed)
    if any(ip.version == network.version and ip in network for network in _CLOSED):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def _inside(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _TRANSLATED else None


def _ascii(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _quoted(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
