from itertools import pairwise

import pytest

from core.domain.expectation import Expectations
from core.domain.question import Seniority
from core.domain.rubric import Criterion
from tests.builders import real_content


@pytest.mark.parametrize("criterion", Criterion)
def test_more_is_expected_of_each_higher_seniority(criterion: Criterion) -> None:
    expected = [real_content().expectations.of("", s)[criterion] for s in Seniority]
    assert all(lower < higher for lower, higher in pairwise(expected))


def test_every_role_expects_levels_from_one_to_five() -> None:
    content = real_content()
    for role in content.roles:
        for seniority in Seniority:
            levels = content.expectations.of(role.id, seniority)
            assert set(levels) == set(Criterion)
            assert all(1 <= level <= 5 for level in levels.values())


def test_role_adds_to_what_its_seniority_expects_within_the_levels() -> None:
    expectations = Expectations(
        {Seniority.STAFF: {Criterion.DEPTH: 4.5, Criterion.CLARITY: 4.5}},
        {"writer": {Criterion.CLARITY: 1.0, Criterion.DEPTH: -1.0}},
    )
    levels = expectations.of("writer", Seniority.STAFF)
    assert levels == {Criterion.DEPTH: 3.5, Criterion.CLARITY: 5.0}


def test_nothing_is_expected_where_nothing_is_known() -> None:
    assert Expectations().of("backend", Seniority.MID) == {}
