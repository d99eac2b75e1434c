"""Which servers may be called."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.adapters.network_address import is_never_a_server, is_public

if TYPE_CHECKING:
    import httpcore2

Resolver = Callable[[str, int], Sequence[str]]


def system_addresses(host: str, port: int) -> Sequence[str]:
    """The IP addresses that the operating system knows for a name; OSError where it knows none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@dataclass(frozen=True, slots=True)
class Wall:
    """What may be called: with `allow_private`, plain http and private addresses as well.

    `resolve` turns a name into addresses, `network` connects to one (the system's where None).
    """

    allow_private: bool = False
    resolve: Resolver = system_addresses
    network: "httpcore2.NetworkBackend | None" = None

    def lets_through(self, address: str) -> bool:
        """Whether this IP address may be called."""
        if self.allow_private:
            return not is_never_a_server(address)
        return is_public(address)


PUBLIC_WALL = Wall()  # for addresses that came from a candidate
OPEN_WALL = Wall(allow_private=True)  # for addresses that are ours: a provider's own
