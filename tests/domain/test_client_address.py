import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.client_address import address_group, client_address, is_trusted, parse_proxies

PROXIES = parse_proxies("127.0.0.1, 10.0.0.0/8, ::1")
VISITOR = "203.0.113.7"


def test_without_a_proxy_it_is_the_other_end() -> None:
    assert client_address(VISITOR, [], PROXIES) == VISITOR


def test_header_of_somebody_who_is_no_proxy_is_not_believed() -> None:
    assert client_address(VISITOR, ["198.51.100.1"], PROXIES) == VISITOR


def test_nobody_is_believed_where_no_proxy_is_named() -> None:
    assert client_address("127.0.0.1", [VISITOR], ()) == ""


def test_proxy_tells_whom_it_was_called_by() -> None:
    assert client_address("127.0.0.1", [VISITOR], PROXIES) == VISITOR


def test_what_the_visitor_wrote_before_the_proxy_is_not_believed() -> None:
    assert client_address("127.0.0.1", [f"198.51.100.1, {VISITOR}"], PROXIES) == VISITOR


def test_proxies_in_a_row_are_passed_by() -> None:
    assert client_address("10.0.0.2", ["198.51.100.1", f"{VISITOR}, 10.0.0.1"], PROXIES) == VISITOR


def test_visitor_of_an_inner_network_is_one_where_a_proxy_tells_it() -> None:
    assert client_address("127.0.0.1", ["192.168.1.5"], PROXIES) == "192.168.1.5"


def test_where_whoever_connects_is_a_proxy_its_last_word_is_believed() -> None:
    assert client_address("192.0.2.9", [f"198.51.100.1, {VISITOR}"], parse_proxies("*")) == VISITOR


def test_where_whoever_connects_is_a_proxy_and_names_nobody_it_is_nobody() -> None:
    assert client_address("192.0.2.9", [], parse_proxies("*")) == ""


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.0.0.1", "::1", "", "nonsense"])
def test_proxy_that_tells_nothing_stands_for_nobody(peer: str) -> None:
    assert client_address(peer, [], PROXIES) == ""


@pytest.mark.parametrize("told", ["unknown", "", "_hidden", f"{VISITOR}, not an address"])
def test_what_a_proxy_tells_and_is_no_address_stands_for_nobody(told: str) -> None:
    assert client_address("127.0.0.1", [told], PROXIES) == ""


@pytest.mark.parametrize(
    ("told", "address"),
    [
        (f"{VISITOR}:4711", VISITOR),
        (f"::ffff:{VISITOR}", VISITOR),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("2001:DB8::1", "2001:db8::1"),
    ],
)
def test_address_is_read_in_each_of_its_forms(told: str, address: str) -> None:
    assert client_address("::1", [told], PROXIES) == address


@given(st.lists(st.text(max_size=40), max_size=5))
def test_nothing_a_stranger_writes_moves_their_address(headers: list[str]) -> None:
    assert client_address(VISITOR, headers, PROXIES) == VISITOR


@given(st.lists(st.text(max_size=40), max_size=5))
def test_nothing_written_before_a_proxy_moves_what_the_proxy_says(headers: list[str]) -> None:
    assert client_address("127.0.0.1", [*headers, VISITOR], PROXIES) == VISITOR


def test_only_named_proxies_are_trusted() -> None:
    assert is_trusted("10.9.9.9", PROXIES)
    assert not is_trusted("192.168.0.1", PROXIES)


def test_network_of_ipv6_is_one_visitor() -> None:
    assert address_group("2001:db8::1") == address_group("2001:db8::ffff") == "2001:db8::/64"
    assert address_group("2001:db8:0:1::1") != address_group("2001:db8::1")


def test_address_of_ipv4_is_one_visitor() -> None:
    assert address_group(VISITOR) == VISITOR


@pytest.mark.parametrize("text", ["nginx", "10.0.0.0/99", "10.0.0.1/8"])
def test_proxy_that_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="addresses or networks"):
        parse_proxies(text)
