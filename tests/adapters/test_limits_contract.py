"""What every Limits promises, on the fake and on each database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from core.adapters.sql_limits import SqlLimits
from core.adapters.sql_tables import limits as table
from core.custody_ports import Limits
from core.domain.limits import Rule
from tests.builders import NOW
from tests.doubles import MemoryLimits
from tests.hosted_database import HostedDatabase

TWO = Rule(2, 60.0)
LATER = NOW + timedelta(seconds=31)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def limits(request: pytest.FixtureRequest) -> Limits:
    if request.param == "memory":
        return MemoryLimits()
    return SqlLimits(request.getfixturevalue(f"{request.param}_engine"))


def test_as_many_as_the_rule_says_are_taken(limits: Limits) -> None:
    assert [limits.take({"a": TWO}, NOW) for _ in range(3)] == [0, 0, pytest.approx(30)]


def test_buckets_know_nothing_of_each_other(limits: Limits) -> None:
    for _ in range(2):
        limits.take({"a": TWO}, NOW)
    assert limits.take({"b": TWO}, NOW) == 0


def test_used_up_bucket_gives_again_when_it_said(limits: Limits) -> None:
    for _ in range(2):
        limits.take({"a": TWO}, NOW)
    assert limits.take({"a": TWO}, LATER) == 0


def test_nothing_is_taken_anywhere_where_one_bucket_is_used_up(limits: Limits) -> None:
    for _ in range(2):
        limits.take({"a": TWO}, NOW)
    assert limits.take({"a": TWO, "b": TWO}, NOW) == pytest.approx(30)
    assert [limits.take({"b": TWO}, NOW) for _ in range(3)] == [0, 0, pytest.approx(30)]


def test_who_is_refused_waits_no_longer_for_having_asked(limits: Limits) -> None:
    for _ in range(9):
        limits.take({"a": TWO}, NOW)
    assert limits.take({"a": TWO}, LATER) == 0


def _count(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_what_says_nothing_any_more_is_forgotten_on_sqlite(sqlite_engine: Engine) -> None:
    limits = SqlLimits(sqlite_engine)
    for name in ("a", "b", "c"):
        limits.take({name: TWO}, NOW)
    limits.take({"d": TWO}, LATER)
    assert _count(sqlite_engine) == 1


def test_what_says_nothing_any_more_is_forgotten_on_postgres(
    postgres_engine: Engine, postgres: HostedDatabase
) -> None:
    limits = SqlLimits(postgres_engine)
    for name in ("a", "b", "c"):
        limits.take({name: TWO}, NOW)
    limits.take({"d": TWO}, LATER)
    assert _count(postgres.admin()) == 1


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_takers_at_once_get_no_more_than_the_rule_says(
    kind: str, request: pytest.FixtureRequest
) -> None:
    limits = SqlLimits(request.getfixturevalue(f"{kind}_engine"))
    rule = Rule(5, 3600.0)
    with ThreadPoolExecutor(8) as pool:
        waits = list(
            pool.map(lambda n: limits.take({"a": rule, f"b{n % 3}": rule}, NOW), range(24))
        )
    assert waits.count(0) == 5


def test_two_who_hold_the_same_buckets_do_not_block_each_other_forever(
    postgres_engine: Engine,
) -> None:
    limits = SqlLimits(postgres_engine)
    with ThreadPoolExecutor(6) as pool:
        orders = [{"a": TWO, "b": TWO}, {"b": TWO, "a": TWO}] * 12
        moments = [NOW + timedelta(hours=n) for n in range(24)]
        assert len(list(pool.map(limits.take, orders, moments))) == 24
