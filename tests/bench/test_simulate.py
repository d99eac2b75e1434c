"""Whole interviews of simulated candidates: each manner takes a path of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from bench.candidates import MANNERS
from bench.simulate import Simulation, path_of, simulate
from core.bootstrap import Application, build
from core.config import AppMode, Settings
from core.domain.adaptivity import MAX_FOLLOW_UPS, target_difficulty
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import Focus, InterviewSetup, Way
from core.domain.question import Origin, Seniority

pytestmark = pytest.mark.xdist_group("simulate")
"""In one process: the interviews are played once and looked at from all sides."""

_COUNT = 2


@pytest.fixture(scope="module")
def make_app(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Application]:
    def make() -> Application:
        folder: Path = tmp_path_factory.mktemp("simulated")
        return build(Settings(app_mode=AppMode.LOCAL, data_dir=folder, database_url=SecretStr("")))

    return make


@pytest.fixture(scope="module", params=list(Way))
def played(
    request: pytest.FixtureRequest, make_app: Callable[[], Application]
) -> dict[str, Simulation]:
    """Two interviews of every manner, the coach's way and the realistic one."""
    setup = _setup(way=request.param)
    return {manner: simulate(make_app(), setup, manner, _COUNT) for manner in MANNERS}


def _setup(**changes: object) -> InterviewSetup:
    values: dict[str, object] = {
        "role_title": "Backend Engineer",
        "seniority": Seniority.MID,
        "length": 8,
        "seed": 11,
    }
    return InterviewSetup(**(values | changes))  # type: ignore[arg-type]


def _interviews(played: dict[str, Simulation]) -> list[Interview]:
    return [i for simulation in played.values() for i in simulation.interviews]


def _follow_ups(interview: Interview) -> int:
    return sum(turn.question.origin is Origin.FOLLOW_UP for turn in interview.turns)


def test_every_interview_comes_to_its_end(played: dict[str, Simulation]) -> None:
    assert {interview.phase for interview in _interviews(played)} == {Phase.COMPLETE}


def test_every_interview_asks_its_number_of_questions(played: dict[str, Simulation]) -> None:
    assert {len(interview.scored_turns) for interview in _interviews(played)} == {8}


def test_no_two_manners_take_the_same_path(played: dict[str, Simulation]) -> None:
    paths = "\n".join(f"{m}: {path_of(s.interviews[0])}" for m, s in played.items())
    asked = {
        tuple((t.question.id, t.question.difficulty) for t in s.interviews[0].turns)
        for s in played.values()
    }
    # Silent and hostile candidates both get nowhere, which is one path.
    assert len(asked) >= len(MANNERS) - 1, paths


@pytest.mark.parametrize(
    ("manner", "lowest", "highest"),
    [("strong", 5, 5), ("weak", 1, 2), ("silent", 1, 1), ("rambling", 1, 2), ("mixed", 2, 5)],
)
def test_difficulty_follows_the_answers(
    manner: str, lowest: int, highest: int, played: dict[str, Simulation]
) -> None:
    ends = [target_difficulty(i.turns, Seniority.MID) for i in played[manner].interviews]
    assert all(lowest <= end <= highest for end in ends)


def test_strong_candidates_are_asked_more_subjects_than_weak_ones(
    played: dict[str, Simulation],
) -> None:
    strong, weak = (sum(map(_follow_ups, played[m].interviews)) for m in ("strong", "weak"))
    assert strong < weak


def test_silence_is_not_followed_up(played: dict[str, Simulation]) -> None:
    assert [_follow_ups(i) for i in played["silent"].interviews] == [0] * _COUNT


def test_follow_ups_probe_a_key_point_that_the_answer_did_not_make(
    played: dict[str, Simulation],
) -> None:
    for interview in _interviews(played):
        by_id = {turn.question.id: turn for turn in interview.turns}
        for turn in interview.turns:
            parent = by_id.get(turn.question.parent_id or "")
            if parent is None or parent.impression is None:
                continue
            open_points = {
                f.key_point_id for f in parent.impression.key_points if f.coverage != "covered"
            }
            assert {point.id for point in turn.question.key_points} <= open_points


def test_no_question_gets_more_than_two_follow_ups(played: dict[str, Simulation]) -> None:
    for interview in _interviews(played):
        parents = [t.question.parent_id for t in interview.turns if t.question.parent_id]
        assert all(parents.count(parent) <= MAX_FOLLOW_UPS for parent in parents)


def test_hostile_answers_earn_next_to_nothing(played: dict[str, Simulation]) -> None:
    assert max(played["hostile"].scores) <= 30


def test_scores_fall_from_strong_to_silent(played: dict[str, Simulation]) -> None:
    means = [
        sum(played[manner].scores) / len(played[manner].scores)
        for manner in ("strong", "mixed", "weak", "silent")
    ]
    assert means == sorted(means, reverse=True)


def test_nothing_is_asked_twice_while_the_bank_has_something_new(
    make_app: Callable[[], Application],
) -> None:
    assert simulate(make_app(), _setup(), "mixed", 4).repeated == {}


def test_a_few_short_interviews_cover_every_competency_of_the_role(
    make_app: Callable[[], Application],
) -> None:
    assert min(simulate(make_app(), _setup(), "strong", 3).coverage.values()) >= 1


@pytest.mark.parametrize("manner", ["strong", "weak"])
def test_one_long_technical_interview_covers_every_competency_of_the_role(
    manner: str, make_app: Callable[[], Application]
) -> None:
    setup = _setup(length=15, focus=Focus.TECHNICAL)
    assert min(simulate(make_app(), setup, manner, 1).coverage.values()) >= 1


def test_unknown_manner_is_refused(make_app: Callable[[], Application]) -> None:
    with pytest.raises(KeyError):
        simulate(make_app(), _setup(), "brilliant", 1)
