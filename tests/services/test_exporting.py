from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from core.adapters.memory_keys import MemoryKeys
from core.adapters.report_files import history_as_json, history_from_json
from core.domain.errors import InvalidInputError
from core.domain.interview import Interview
from core.domain.own_questions import MAX_OWN_CHARACTERS
from core.domain.real_question import RealQuestion
from core.services.exporting import Exporting, History
from tests.builders import (
    ALICE,
    BOB,
    NOW,
    a_judged_interview,
    a_resume,
    a_started_interview,
    an_answered_interview,
)
from tests.doubles import FrozenClock, MemoryStore
from tests.learning_doubles import MemoryPreparationStore, MemoryRealQuestionStore, a_preparation

_SECOND_ID = UUID("33333333-0000-4000-8000-000000000007")
_NEWER_RESUME = a_resume(
    id=UUID("44444444-0000-4000-8000-000000000008"), uploaded_at=NOW + timedelta(days=1)
)


def _take_nothing_in(user_id: UUID, interviews: Iterable[Interview]) -> None:
    """No practice items."""


def _of_alice() -> Exporting:
    """A store where Alice has two interviews and a resume."""
    store = MemoryStore()
    store.add_interview(ALICE, a_judged_interview())
    store.add_interview(ALICE, replace(an_answered_interview(), id=_SECOND_ID))
    store.save_resume(ALICE, a_resume())
    return Exporting(
        store,
        MemoryRealQuestionStore(),
        MemoryPreparationStore(),
        MemoryKeys(FrozenClock()),
        _take_nothing_in,
    )


def _without_ids(history: History) -> set[Interview]:
    return {replace(interview, id=_SECOND_ID) for interview in history.interviews}


def _through_a_file(history: History) -> History:
    return history_from_json(history_as_json(history).encode())


def test_history_holds_every_interview_and_the_resume() -> None:
    history = _of_alice().history(ALICE)
    assert len(history.interviews) == 2
    assert history.resume == a_resume()


def test_history_of_a_new_candidate_is_empty() -> None:
    assert _of_alice().history(BOB) == History()


def test_history_restored_elsewhere_is_the_same_but_for_the_ids() -> None:
    history = _of_alice().history(ALICE)
    elsewhere = Exporting(
        MemoryStore(),
        MemoryRealQuestionStore(),
        MemoryPreparationStore(),
        MemoryKeys(FrozenClock()),
        _take_nothing_in,
    )
    assert elsewhere.restore(ALICE, _through_a_file(history)) == 2
    restored = elsewhere.history(ALICE)
    assert _without_ids(restored) == _without_ids(history)
    assert restored.resume is not None
    assert restored.resume.profile == a_resume().profile


def test_restored_history_can_be_taken_out_and_brought_back_again() -> None:
    exporting = Exporting(
        MemoryStore(),
        MemoryRealQuestionStore(),
        MemoryPreparationStore(),
        MemoryKeys(FrozenClock()),
        _take_nothing_in,
    )
    exporting.restore(ALICE, _of_alice().history(ALICE))
    again = exporting.history(ALICE)
    assert exporting.restore(ALICE, _through_a_file(again)) == 0


def test_restoring_what_is_there_adds_nothing() -> None:
    exporting = _of_alice()
    history = exporting.history(ALICE)
    assert exporting.restore(ALICE, history) == 0
    assert exporting.history(ALICE) == history


def test_restoring_twice_adds_nothing_the_second_time() -> None:
    history, elsewhere = (
        _of_alice().history(ALICE),
        Exporting(
            MemoryStore(),
            MemoryRealQuestionStore(),
            MemoryPreparationStore(),
            MemoryKeys(FrozenClock()),
            _take_nothing_in,
        ),
    )
    assert [elsewhere.restore(ALICE, history) for _ in range(2)] == [2, 0]
    assert len(elsewhere.history(ALICE).interviews) == 2


def test_deleted_interview_comes_back() -> None:
    exporting = _of_alice()
    history = exporting.history(ALICE)
    exporting.store.delete_interview(ALICE, _SECOND_ID)
    assert exporting.restore(ALICE, history) == 1
    assert _without_ids(exporting.history(ALICE)) == _without_ids(history)


def test_file_restored_by_two_people_gives_each_their_own_rows() -> None:
    exporting = _of_alice()
    history = exporting.history(ALICE)
    assert exporting.restore(BOB, history) == 2
    ids = [{i.id for i in exporting.history(who).interviews} for who in (ALICE, BOB)]
    assert not ids[0] & ids[1]


def test_file_restored_by_another_changes_nothing_for_the_first() -> None:
    exporting = _of_alice()
    history = exporting.history(ALICE)
    exporting.restore(BOB, history)
    assert exporting.history(ALICE) == history


def test_resume_that_is_there_is_not_replaced_by_one_of_the_file() -> None:
    exporting = _of_alice()
    exporting.restore(ALICE, History(resume=_NEWER_RESUME))
    assert exporting.history(ALICE).resume == a_resume()


def test_resume_of_the_file_gets_an_id_of_its_own() -> None:
    exporting = _of_alice()
    exporting.restore(BOB, History(resume=a_resume()))
    found = exporting.history(BOB).resume
    assert found is not None
    assert found.id != a_resume().id
    assert exporting.history(ALICE).resume == a_resume()


def test_restored_interview_can_be_gone_on_with() -> None:
    exporting = Exporting(
        MemoryStore(),
        MemoryRealQuestionStore(),
        MemoryPreparationStore(),
        MemoryKeys(FrozenClock()),
        _take_nothing_in,
    )
    exporting.restore(ALICE, History((a_started_interview(),)))
    (interview,) = exporting.history(ALICE).interviews
    answered = exporting.store.change_interview(
        ALICE, interview.id, lambda i: i.submit_answer(1, "An answer.", NOW)
    )
    assert answered.turn_at(1).attempts


def test_broken_file_is_refused_before_anything_is_added() -> None:
    exporting = Exporting(
        MemoryStore(),
        MemoryRealQuestionStore(),
        MemoryPreparationStore(),
        MemoryKeys(FrozenClock()),
        _take_nothing_in,
    )
    broken = history_as_json(_of_alice().history(ALICE)).encode()[:-1]
    with pytest.raises(InvalidInputError):
        exporting.restore(ALICE, history_from_json(broken))
    assert exporting.history(ALICE) == History()


def test_everything_deleted_is_gone_and_others_keep_theirs() -> None:
    exporting = _of_alice()
    exporting.restore(BOB, exporting.history(ALICE))
    exporting.delete_everything(ALICE)
    assert exporting.history(ALICE) == History()
    assert len(exporting.history(BOB).interviews) == 2


def test_restored_interviews_are_taken_in_under_their_new_ids() -> None:
    taken_in: list[Interview] = []
    elsewhere = Exporting(
        MemoryStore(),
        MemoryRealQuestionStore(),
        MemoryPreparationStore(),
        MemoryKeys(FrozenClock()),
        lambda _, interviews: taken_in.extend(interviews),
    )
    elsewhere.restore(ALICE, _of_alice().history(ALICE))
    assert set(taken_in) == set(elsewhere.history(ALICE).interviews)


def test_restoring_again_takes_nothing_in() -> None:
    taken_in: list[Interview] = []
    exporting = replace(_of_alice(), take_in=lambda _, interviews: taken_in.extend(interviews))
    exporting.restore(ALICE, exporting.history(ALICE))
    assert taken_in == []


def test_noted_questions_are_taken_out_and_brought_back() -> None:
    noted = RealQuestion("Why us?", NOW)
    here, elsewhere = _of_alice(), _of_alice()
    here.real_questions.add_questions(ALICE, [noted])
    elsewhere.restore(BOB, _through_a_file(here.history(ALICE)))
    assert elsewhere.history(BOB).real_questions == (noted,)


def test_noted_question_of_a_changed_file_is_tidied() -> None:
    exporting = _of_alice()
    changed = RealQuestion(" Why\0 us? " + "x" * 900, NOW)
    exporting.restore(ALICE, History(real_questions=(changed, RealQuestion(" ", NOW))))
    (kept,) = exporting.history(ALICE).real_questions
    assert kept.text.startswith("Why us? x")
    assert len(kept.text) == MAX_OWN_CHARACTERS


def test_preparations_come_back_through_a_file_once() -> None:
    exporting = _of_alice()
    past = a_preparation(interview_on=NOW.date())
    exporting.restore(BOB, _through_a_file(History(preparations=(past,))))
    exporting.restore(BOB, History(preparations=(past,)))
    restored = exporting.history(BOB).preparations
    assert [p.interview_on for p in restored] == [past.interview_on]
    assert restored[0].job_description == past.job_description


def test_preparation_out_of_bounds_is_not_restored() -> None:
    exporting = _of_alice()
    exporting.restore(BOB, History(preparations=(a_preparation(title="x" * 500),)))
    assert exporting.history(BOB).preparations == ()
