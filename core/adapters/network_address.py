"""Which addresses a server may be asked to call on somebody's behalf."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Public by their number, but answered by the cloud that hosts us or by our own network.
_INWARD_V4 = (
    ip_network("192.0.0.0/24"),  # special assignments; Oracle's metadata
    ip_network("192.88.99.0/24"),  # relays into IPv6
    ip_network("168.63.129.16/32"),  # Azure's host
)
# IPv6 that is not a plain public address: the rest of the space maps, tunnels or stays at home.
_PUBLIC_V6 = ip_network("2000::/3")
_INWARD_V6 = (
    ip_network("2001::/23"),  # Teredo and other special assignments
    ip_network("2001:db8::/32"),  # documentation
    ip_network("2002::/16"),  # 6to4: carries an IPv4 address
    ip_network("3fff::/20"),  # documentation
)


def is_public(address: str) -> bool:
    """Whether this IP address is one that anybody on the internet could call."""
    parsed = ip_address(address)
    if isinstance(parsed, IPv4Address):
        return _is_public_v4(parsed)
    return _is_public_v6(parsed)


def is_never_a_server(address: str) -> bool:
    """Whether no model can be there even on one's own machine: link-local (cloud metadata), multicast."""
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return parsed.is_link_local or parsed.is_multicast


def _is_public_v4(address: IPv4Address) -> bool:
    inward = any(address in network for network in _INWARD_V4)
    return address.is_global and not address.is_multicast and not inward


def _is_public_v6(address: IPv6Address) -> bool:
    inward = any(address in network for network in _INWARD_V6)
    return address in _PUBLIC_V6 and address.is_global and not inward
