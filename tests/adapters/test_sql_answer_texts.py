from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.adapters.database import open_sqlite
from core.adapters.sql_answer_texts import SqlAnswerTexts
from core.adapters.sql_store import SqlStore
from tests.builders import ALICE, ANSWER, BOB, INTERVIEW_ID, NOW, a_judged_interview
from tests.doubles import FrozenClock

FIRST, SECOND = (INTERVIEW_ID, 1, 1), (INTERVIEW_ID, 1, 2)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A store where Alice answered one question twice."""
    made = open_sqlite(tmp_path / "interviews.db")
    interview = a_judged_interview().try_again().submit_answer(1, "Another answer.", NOW)
    SqlStore(made, FrozenClock()).add_interview(ALICE, interview)
    yield made
    made.dispose()


def test_texts_come_by_their_place(engine: Engine) -> None:
    texts = SqlAnswerTexts(engine).texts(ALICE, [FIRST, SECOND])
    assert texts == {FIRST: ANSWER, SECOND: "Another answer."}


def test_only_what_is_asked_for_comes(engine: Engine) -> None:
    assert SqlAnswerTexts(engine).texts(ALICE, [FIRST]) == {FIRST: ANSWER}
    assert SqlAnswerTexts(engine).texts(ALICE, []) == {}


def test_place_without_an_answer_is_left_out(engine: Engine) -> None:
    assert SqlAnswerTexts(engine).texts(ALICE, [(INTERVIEW_ID, 9, 1)]) == {}


def test_another_candidates_answers_are_as_good_as_absent(engine: Engine) -> None:
    assert SqlAnswerTexts(engine).texts(BOB, [FIRST]) == {}


def test_judged_answers_are_ones_own_the_newest_first(sql_engine: Engine) -> None:
    store = SqlStore(sql_engine, FrozenClock())
    store.add_interview(ALICE, a_judged_interview().try_again().submit_answer(1, "More.", NOW))
    answers = SqlAnswerTexts(sql_engine)
    (found,) = answers.judged(ALICE, 9)
    assert (found.interview_id, found.position, found.text) == (INTERVIEW_ID, 1, ANSWER)
    assert (found.score, found.answered_at) == (60.0, NOW)
    assert answers.judged(BOB, 9) == answers.judged(ALICE, 0) == ()
