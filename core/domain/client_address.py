"""From which address somebody comes, where proxies stand in between.

What a header says about the address is believed only as far as proxies that the host named have written
it: anybody else may write anything into it.
"""

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Proxies = tuple[IPv4Network | IPv6Network, ...]
"""The networks of the proxies that the host trusts; one address is a network of one."""

_EVERYONE = tuple(map(ip_network, ("0.0.0.0/0", "::/0")))
_INWARD = tuple(
    map(
        ip_network,
        (
            *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
            *("100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10"),
        ),
    )
)
_IPV6_GROUP = 64
"""Whoever has one address of IPv6 has at least as many as these first bits leave open."""


def parse_proxies(text: str) -> Proxies:
    """Addresses and networks with commas in between, or `*` for whoever connects; ValueError in a sentence."""
    if text.strip() == "*":
        return _EVERYONE
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        message = "it has to be addresses or networks with commas in between, such as 127.0.0.1,10.0.0.0/8"
        raise ValueError(message) from None


def is_trusted(peer: str, proxies: Proxies) -> bool:
    """Whether what this other end of a connection forwards may be believed."""
    address = _parsed(peer)
    return address is not None and _is_in(address, proxies)


def client_address(peer: str, forwarded_for: Sequence[str], proxies: Proxies) -> str:
    """The visitor's address, empty where it tells nobody apart.

    `peer` is the other end of the connection, `forwarded_for` the values of the `X-Forwarded-For` headers
    in their order. They are read from the right, as each proxy adds whom it was called by, up to the first
    that no trusted proxy vouches for. A peer of an inner network that is not trusted is most likely a
    proxy nobody named: everybody would have its address. Where whoever connects is a proxy, only the last
    word is believed: what stands before it anybody may have written.
    """
    hops = [part for value in forwarded_for for part in value.split(",")]
    if proxies == _EVERYONE:
        return str(_parsed(hops[-1]) or "") if hops else ""
    address = _parsed(peer)
    is_told = False
    while address is not None and _is_in(address, proxies):
        address = _parsed(hops.pop()) if hops else None
        is_told = True
    if address is None or (not is_told and _is_in(address, _INWARD)):
        return ""
    return str(address)


def address_group(address: str) -> str:
    """What one visitor has of addresses: one of IPv4, or a whole network of IPv6."""
    parsed = _parsed(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, _IPV6_GROUP), strict=False))
    return address


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address, also with a port behind it or in brackets; None where it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_in(address: IPv4Address | IPv6Address, networks: Proxies) -> bool:
    return any(address in network for network in networks)
