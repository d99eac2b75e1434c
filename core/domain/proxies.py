"""Which machines may tell in whose name they connect."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

_EVERYONE = "*"


@dataclass(frozen=True, slots=True)
class Proxies:
    """Networks of proxies that are believed; `is_everyone` where whoever connects is one."""

    networks: tuple[IPv4Network | IPv6Network, ...]
    is_everyone: bool = False

    def trust(self, host: str) -> bool:
        """Whether what this address says of others is believed."""
        try:
            address = ip_address(host)
        except ValueError:
            return self.is_everyone
        return self.is_everyone or any(address in network for network in self.networks)

    def client_of(self, forwarded_for: str) -> str:
        """The nearest address in `X-Forwarded-For` that is no proxy: what stands left of it anyone may write."""
        hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
        unknown = [hop for hop in reversed(hops) if self.is_everyone or not self.trust(hop)]
        return (unknown or hops[:1] or [""])[0]


def parse_proxies(text: str) -> Proxies:
    """Addresses and networks after commas, or `*`; ValueError where one is neither."""
    entries = [entry.strip() for entry in text.split(",") if entry.strip()]
    if _EVERYONE in entries:
        return Proxies((), is_everyone=True)
    return Proxies(tuple(ip_network(entry) for entry in entries))
