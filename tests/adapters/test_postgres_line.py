from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from core.adapters.database import reading
from core.adapters.postgres_line import postgres_engine
from core.domain.errors import StoreAwayError
from tests.builders import ALICE


def _asked(url: str) -> dict[str, Any]:
    """What the driver is asked to connect with."""
    engine = postgres_engine(url)
    asked: dict[str, Any] = {}

    def refuse(
        _dialect: object, _record: object, _arguments: object, given: dict[str, Any]
    ) -> None:
        asked.update(given)
        raise psycopg.OperationalError

    event.listen(engine, "do_connect", refuse)
    with pytest.raises(StoreAwayError), reading(engine, ALICE):
        pass
    return asked


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_address_is_taken_in_every_usual_form(scheme: str) -> None:
    asked = _asked(f"{scheme}://app_login.abc:s%40fe@db.example.com:6543/postgres")
    assert (asked["host"], asked["port"], asked["dbname"]) == ("db.example.com", 6543, "postgres")
    assert (asked["user"], asked["password"]) == ("app_login.abc", "s@fe")


@pytest.mark.parametrize("url", ["postgresql://app_login@db.example.com/postgres"])
def test_line_to_another_machine_is_encrypted(url: str) -> None:
    assert _asked(url)["sslmode"] == "require"


def test_line_may_be_told_to_check_the_certificate() -> None:
    url = "postgresql://app_login@db.example.com/postgres?sslmode=verify-full&sslrootcert=ca.crt"
    asked = _asked(url)
    assert (asked["sslmode"], asked["sslrootcert"]) == ("verify-full", "ca.crt")


@pytest.mark.parametrize("place", ["localhost/a", "127.0.0.1/a", "/a?host=/tmp"])
def test_line_within_the_machine_needs_no_encryption(place: str) -> None:
    assert "sslmode" not in _asked(f"postgresql://app_login@{place}")


def test_nothing_is_prepared_on_the_server_and_connecting_takes_seconds_at_most() -> None:
    asked = _asked("postgresql://app_login@db.example.com/postgres")
    assert asked["prepare_threshold"] is None
    assert asked["connect_timeout"] == 5
    assert asked["tcp_user_timeout"] == 10_000
