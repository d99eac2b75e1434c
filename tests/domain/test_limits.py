from hypothesis import given
from hypothesis import strategies as st

from core.domain.limits import Rule, left, taken, wait_seconds

RULE = Rule(3, 60.0)
TWENTY = 20.0


def _after(*moments: float, rule: Rule = RULE) -> float:
    """When the bucket is full, where one was taken at each of these moments."""
    full_at = moments[0]
    for now in moments:
        assert wait_seconds(rule, full_at, now) == 0
        full_at = taken(rule, full_at, now)
    return full_at


def test_so_many_may_be_taken_at_once_and_no_more() -> None:
    assert wait_seconds(RULE, _after(0, 0, 0), 0) == TWENTY


def test_one_is_back_after_its_share_of_the_window() -> None:
    assert wait_seconds(RULE, _after(0, 0, 0), TWENTY) == 0
    assert wait_seconds(RULE, _after(0, 0, 0, TWENTY), TWENTY) == TWENTY


def test_what_is_left_is_told() -> None:
    assert [left(RULE, at, 0) for at in (0, _after(0), _after(0, 0), _after(0, 0, 0))] == [
        *(3, 2, 1, 0)
    ]
    assert left(RULE, _after(0, 0, 0), 59) == 2
    assert left(RULE, _after(0, 0, 0), 60) == 3


def test_clock_that_was_set_back_keeps_nobody_out_for_longer_than_the_window() -> None:
    assert wait_seconds(RULE, 1e9, 0) == TWENTY


def test_many_have_so_many_times_as_much_together() -> None:
    assert RULE.times(5) == Rule(15, 60.0)


@given(
    st.integers(1, 50),
    st.floats(0.5, 1e5),
    st.lists(st.floats(0, 1e4), max_size=200),
)
def test_no_window_has_more_than_twice_as_many(
    most: int, window: float, pauses: list[float]
) -> None:
    rule, now, full_at = Rule(most, window), 0.0, 0.0
    moments = []
    for pause in pauses:
        now += pause
        if not wait_seconds(rule, full_at, now):
            full_at = taken(rule, full_at, now)
            moments.append(now)
    for begin in moments:
        assert sum(begin <= moment < begin + window for moment in moments) <= 2 * most


@given(st.integers(1, 50), st.floats(0.5, 1e5), st.integers(1, 120))
def test_who_comes_back_when_told_is_let_in(most: int, window: float, tries: int) -> None:
    rule, now, full_at = Rule(most, window), 1e9, 0.0
    for _ in range(tries):
        now += wait_seconds(rule, full_at, now) + 1e-5
        assert wait_seconds(rule, full_at, now) == 0
        full_at = taken(rule, full_at, now)
