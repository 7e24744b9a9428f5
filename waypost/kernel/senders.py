"""Telling one sender from another by the network address."""

import ipaddress

SUBSCRIBER = 64  # bits of an IPv6 address that are one subscriber's own net (RFC 6177)


def sender_of(address: str) -> str:
    """What is counted as one sender: an IPv4 address, or the net of an IPv6 one.

    Whoever has IPv6 can send from any address of the net. What is no address stands for itself.
    """
    try:
        ip = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return address.strip()
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip, SUBSCRIBER), strict=False))
