import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.services.accounts import (
    LOCAL_CANDIDATE,
    TOKEN_CHARACTERS,
    cookie_name,
    guest_id,
    is_guest_token,
    new_guest_token,
)

_TOKEN = "Qx3-_" + "a" * (TOKEN_CHARACTERS - 5)


def test_new_token_has_the_form_of_one() -> None:
    assert all(is_guest_token(new_guest_token()) for _ in range(200))


def test_no_two_tokens_are_the_same() -> None:
    assert len({new_guest_token() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "value",
    [
        "",
        "guest",
        _TOKEN[:-1],
        _TOKEN + "a",
        _TOKEN[:-1] + " ",
        _TOKEN[:-1] + ";",
        _TOKEN[:-1] + "=",
        _TOKEN[:-1] + "é",
        "é" * TOKEN_CHARACTERS,
    ],
)
def test_value_of_another_form_is_no_token(value: str) -> None:
    assert not is_guest_token(value)


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_token_is_made_of_43_url_safe_characters(value: str) -> None:
    safe = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert is_guest_token(value) == (len(value) == TOKEN_CHARACTERS and set(value) <= safe)


def test_same_token_is_the_same_candidate() -> None:
    assert guest_id(_TOKEN) == guest_id(_TOKEN)


def test_other_token_is_another_candidate() -> None:
    assert len({guest_id(new_guest_token()) for _ in range(200)}) == 200


def test_candidate_does_not_tell_the_token() -> None:
    assert _TOKEN[:8].encode().hex() not in guest_id(_TOKEN).hex


@given(st.text(max_size=50))
def test_no_token_leads_to_the_candidate_of_the_command_line(token: str) -> None:
    assert guest_id(token) != LOCAL_CANDIDATE


def test_hosted_cookie_is_tied_to_https_and_this_host() -> None:
    assert cookie_name(is_hosted=True) == "__Host-guest"


def test_local_cookie_works_without_https() -> None:
    assert cookie_name(is_hosted=False) == "guest"
