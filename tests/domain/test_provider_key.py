import copy
import json
import logging
import pickle
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.provider_key import ProviderKey, Secret
from tests.known_providers import OPENAI

_TEXT = "sk-candidate-4711-abcd"


def _key() -> ProviderKey:
    return ProviderKey(OPENAI, "", Secret(_TEXT), "small", is_stored=True)


def test_secret_shows_the_last_four_characters() -> None:
    assert str(Secret(_TEXT)) == repr(Secret(_TEXT)) == f"{Secret(_TEXT)}" == "•••abcd"


def test_secret_reveals_its_text_when_asked() -> None:
    assert Secret(_TEXT).reveal() == _TEXT


@pytest.mark.parametrize("text", ["", "abc", "elevenchars"])
def test_short_secret_shows_nothing(text: str) -> None:
    assert (str(Secret(text)), Secret(text).last4) == ("•••", "")


@given(st.text(min_size=12))
def test_secret_shows_no_more_than_four_characters(text: str) -> None:
    assert str(Secret(text)) == "•••" + text[-4:]


def test_key_around_a_secret_shows_no_more() -> None:
    assert _TEXT not in f"{_key()} {_key()!r}"


def test_equal_texts_are_equal_secrets() -> None:
    assert Secret("ä" * 20) == Secret("ä" * 20)
    assert Secret(_TEXT) != Secret(_TEXT + "x")


def test_secret_is_not_equal_to_its_text() -> None:
    assert Secret(_TEXT) != _TEXT


def test_secret_cannot_be_a_key_of_a_cache() -> None:
    with pytest.raises(TypeError):
        hash(Secret(_TEXT))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_secret_cannot_be_pickled(protocol: int) -> None:
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(_key(), protocol)


def test_secret_cannot_be_copied_out_of_its_key() -> None:
    with pytest.raises(TypeError):
        asdict(_key())
    with pytest.raises(TypeError):
        copy.copy(Secret(_TEXT))


def test_secret_cannot_become_json() -> None:
    with pytest.raises(TypeError):
        json.dumps({"key": Secret(_TEXT)})


def test_secret_has_no_dictionary_of_its_attributes() -> None:
    assert not hasattr(Secret(_TEXT), "__dict__")


def test_secret_in_a_log_record_is_hidden(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger(__name__).warning("%s %r", Secret(_TEXT), _key())
    assert _TEXT not in caplog.text
