import pytest

from core.adapters.network_address import is_never_a_server, is_public

INWARD = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.8.9.10
168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1
192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1
255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:93.184.215.14 ::127.0.0.1
64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 100::1 2001::1 2001:db8::1 2002:7f00:1::1 2002:a00:1::1
3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
""".split()
PUBLIC = (
    "1.1.1.1 8.8.8.8 93.184.215.14 172.32.0.1 2606:4700::6810:84e5 2a00:1450:4001:82a::200e".split()
)


@pytest.mark.parametrize("address", INWARD)
def test_inward_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_address_anybody_could_call_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "224.0.0.1", "ff02::1"]
)
def test_nothing_link_local_or_multicast_is_ever_a_server(address: str) -> None:
    assert is_never_a_server(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "192.168.1.20", "10.0.0.5", "fd00::5"])
def test_one_s_own_machines_may_be_servers(address: str) -> None:
    assert not is_never_a_server(address)
