"""What every InterviewStore promises, proved on the store in memory, on SQLite and on Postgres."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from core.adapters.sql_store import SqlStore
from core.domain.delivery import Measure
from core.domain.errors import InvalidTransitionError, NotFoundError, StoreError
from core.domain.evaluation import Impression
from core.domain.history import answers_of, summary_of
from core.domain.interview import Interview
from core.domain.interview_setup import Way
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.report import build_report
from core.ports import Claim, InterviewStore, Lease, WorkKey, WorkKind
from tests.builders import (
    ALICE,
    BOB,
    INTERVIEW_ID,
    NOW,
    a_closing,
    a_judged_interview,
    a_question,
    a_resume,
    a_setup,
    a_started_interview,
    a_void_evaluation,
    an_answered_interview,
    an_evaluation,
    findings,
)
from tests.doubles import FrozenClock, MemoryStore
from tests.known_providers import OPENAI
from tests.speaking_doubles import a_take

_THREADS = 4
_KEY = WorkKey(INTERVIEW_ID, 1, 1)
_AI = InterviewerChoice(OPENAI, "a-model")
_OTHER_ID = UUID("33333333-0000-4000-8000-000000000005")
_OTHER_RESUME_ID = UUID("44444444-0000-4000-8000-000000000006")


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> InterviewStore:
    if request.param == "memory":
        return MemoryStore()
    return SqlStore(request.getfixturevalue(f"{request.param}_engine"), FrozenClock())


def _with_everything() -> Interview:
    """An interview with every status an attempt can have, two attempts, a skip and a hint."""
    interview = a_judged_interview().try_again().submit_answer(1, "Better: ä, “ö” and 🙂.", NOW)
    interview = interview.record_evaluation(1, 2, an_evaluation(88.125)).continue_()
    interview = interview.ask(a_question("skipped"), "It is time.", NOW).use_hint(2).skip(2)
    interview = interview.ask(a_question("failed"), "Because.", NOW)
    interview = interview.submit_answer(3, "One line.\nAnother line.", NOW + timedelta(minutes=3))
    interview = interview.record_failure(3, 1, "It broke.").go_on_unscored()
    interview = interview.ask(a_question("void"), "Because.", NOW).submit_answer(4, "Nein.", NOW)
    interview = interview.record_evaluation(4, 1, a_void_evaluation()).continue_()
    interview = interview.ask(a_question("pending"), "Because.", NOW).submit_answer(5, "…", NOW)
    interview = interview.go_on_unscored().ask(a_closing(), "The end.", NOW)
    return interview.submit_answer(6, "Who is on the team?", NOW).finish(NOW + timedelta(hours=1))


def _in_threads(work: Callable[[int], None]) -> None:
    """Do the work in several threads that begin together."""
    together = Barrier(_THREADS)

    def begin(number: int) -> None:
        together.wait()
        work(number)

    threads = [Thread(target=begin, args=(number,)) for number in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _with_next_seed(interview: Interview) -> Interview:
    return replace(interview, setup=replace(interview.setup, seed=interview.setup.seed + 1))


# --- interviews ---------------------------------------------------------------------------------


def test_stored_interview_comes_back_equal(store: InterviewStore) -> None:
    store.add_interview(ALICE, _with_everything())
    assert store.interview(ALICE, INTERVIEW_ID) == _with_everything()


def test_interview_that_was_changed_event_by_event_comes_back_equal(store: InterviewStore) -> None:
    changed = [a_started_interview()]
    store.add_interview(ALICE, changed[0])
    events: list[Callable[[Interview], Interview]] = [
        lambda i: i.use_hint(1),
        lambda i: i.submit_answer(1, "First.", NOW),
        lambda i: i.record_failure(1, 1, "It broke."),
        lambda i: i.retry_evaluation(1, 1),
        lambda i: i.record_evaluation(1, 1, an_evaluation(12.5)),
        Interview.try_again,
        lambda i: i.submit_answer(1, "Second.", NOW),
        lambda i: i.record_evaluation(1, 2, an_evaluation(77.0)),
        Interview.continue_,
        lambda i: i.ask(a_question("second"), "Because.", NOW),
        lambda i: i.skip(2),
        lambda i: i.finish(NOW),
    ]
    for event in events:
        changed.append(store.change_interview(ALICE, INTERVIEW_ID, event))
        assert store.interview(ALICE, INTERVIEW_ID) == changed[-1]
    assert changed[-1].turn_at(1).overall == 77.0


def test_moments_come_back_in_utc(store: InterviewStore) -> None:
    store.add_interview(ALICE, _with_everything())
    attempt = store.interview(ALICE, INTERVIEW_ID).turn_at(3).attempts[0]
    assert attempt.submitted_at.utcoffset() == timedelta(0)


def test_unknown_interview_is_not_found(store: InterviewStore) -> None:
    with pytest.raises(NotFoundError):
        store.interview(ALICE, INTERVIEW_ID)


def test_id_that_is_taken_is_refused_and_the_first_interview_stays(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    with pytest.raises(StoreError):
        store.add_interview(ALICE, _with_everything())
    assert store.interview(ALICE, INTERVIEW_ID) == a_started_interview()


def test_interviews_are_listed_in_short_the_newest_first(store: InterviewStore) -> None:
    older = replace(_with_everything(), created_at=NOW - timedelta(days=1))
    newer = replace(a_started_interview(), id=_OTHER_ID)
    store.add_interview(ALICE, older)
    store.add_interview(ALICE, newer)
    assert store.interviews(ALICE) == (summary_of(newer), summary_of(older))


def test_list_follows_the_changes(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview())
    judged = store.change_interview(
        ALICE, INTERVIEW_ID, lambda i: i.record_evaluation(1, 1, an_evaluation(64.0))
    )
    assert store.interviews(ALICE) == (summary_of(judged),)


def test_answers_of_all_interviews_are_told_in_short(store: InterviewStore) -> None:
    other = replace(a_judged_interview(), id=_OTHER_ID)
    store.add_interview(ALICE, _with_everything())
    store.add_interview(ALICE, other)
    assert store.answers(ALICE) == {
        INTERVIEW_ID: answers_of(_with_everything()),
        _OTHER_ID: answers_of(other),
    }


def test_answers_in_short_follow_the_changes(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    assert not store.answers(ALICE)
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.submit_answer(1, "First.", NOW))
    judged = store.change_interview(
        ALICE, INTERVIEW_ID, lambda i: i.record_evaluation(1, 1, an_evaluation(12.5))
    )
    assert store.answers(ALICE) == {INTERVIEW_ID: answers_of(judged)}


def test_answers_in_short_go_with_their_interview(store: InterviewStore) -> None:
    store.add_interview(ALICE, _with_everything())
    store.delete_interview(ALICE, INTERVIEW_ID)
    assert not store.answers(ALICE)


def test_last_answers_before_a_moment_are_told_newest_first(store: InterviewStore) -> None:
    days = [
        replace(a_judged_interview(), id=uuid4(), created_at=NOW + timedelta(d)) for d in (0, 1, 2)
    ]
    for interview in days:
        store.add_interview(ALICE, interview)
    store.add_interview(ALICE, a_started_interview(created_at=NOW + timedelta(1)))
    store.add_interview(BOB, replace(days[1], id=uuid4()))
    one, two, three = (answers_of(interview) for interview in days)
    assert store.answers_before(ALICE, NOW + timedelta(2), 5) == (two, one)
    assert store.answers_before(ALICE, NOW + timedelta(3), 2) == (three, two)
    assert store.answers_before(ALICE, NOW, 5) == ()


def test_measures_of_a_spoken_answer_come_back(store: InterviewStore) -> None:
    spoken = a_started_interview().record_take(1, a_take()).submit_answer(1, "Said.", NOW)
    store.add_interview(ALICE, spoken)
    [[answer]] = store.answers_before(ALICE, NOW + timedelta(1), 1)
    assert answer.spoken[Measure.PACE] == 180.0


def test_name_and_tags_come_back_and_are_listed(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    store.change_interview(
        ALICE, INTERVIEW_ID, lambda i: i.rename(" Dress  rehearsal ").tag(["calm", "Calm", " "])
    )
    (summary,) = store.interviews(ALICE)
    assert (summary.title, summary.tags) == ("Dress rehearsal", ("calm",))
    assert store.interview(ALICE, INTERVIEW_ID).name == "Dress rehearsal"


def test_answer_with_half_a_character_and_a_zero_byte_can_be_stored(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview("Half \ud800 and \0zero."))
    attempt = store.interview(ALICE, INTERVIEW_ID).turn_at(1).attempts[0]
    assert attempt.answer == "Half ? and zero."


def test_report_of_a_stored_interview_is_that_of_the_interview(store: InterviewStore) -> None:
    store.add_interview(ALICE, _with_everything())
    assert build_report(store.interview(ALICE, INTERVIEW_ID)) == build_report(_with_everything())


def _looked_at_again() -> Interview:
    """An AI's interview whose opener is rated, judged, and being judged once more."""
    judged = a_judged_interview(interviewer=_AI).rate_self(1, 1, 4)
    return judged.dispute(1, 1, "It was “right”.")


@pytest.mark.parametrize(
    "interview",
    [
        _looked_at_again(),
        _looked_at_again().record_evaluation(1, 1, an_evaluation(88.125)),
        _looked_at_again().record_failure(1, 1, "It broke."),
        an_answered_interview(setup=a_setup(is_self_rated=True)).rate_self(1, 1, 2),
        an_answered_interview().record_impression(1, Impression(60.0, reaction="Thank you.")),
    ],
)
def test_what_became_of_an_attempt_comes_back_equal(
    store: InterviewStore, interview: Interview
) -> None:
    store.add_interview(ALICE, interview)
    assert store.interview(ALICE, INTERVIEW_ID) == interview


def test_second_look_that_was_asked_for_later_comes_back_equal(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_judged_interview(interviewer=_AI))
    for event in (
        lambda i: i.dispute(1, 1, "It was right."),
        lambda i: i.record_evaluation(1, 1, an_evaluation(77.0)),
    ):
        changed = store.change_interview(ALICE, INTERVIEW_ID, event)
        assert store.interview(ALICE, INTERVIEW_ID) == changed


# --- changes ------------------------------------------------------------------------------------


def test_version_is_that_of_the_interview(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    changed = store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.skip(1))
    assert store.version(ALICE, INTERVIEW_ID) == changed.version


def test_version_of_anothers_interview_is_not_found(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    with pytest.raises(NotFoundError):
        store.version(BOB, INTERVIEW_ID)


def test_change_counts_the_version_up(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    changed = store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.skip(1))
    assert (changed.version, store.interview(ALICE, INTERVIEW_ID).version) == (1, 1)


def test_change_to_the_same_writes_nothing(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    unchanged = store.change_interview(ALICE, INTERVIEW_ID, lambda i: i)
    assert (unchanged.version, store.interview(ALICE, INTERVIEW_ID).version) == (0, 0)


def test_known_interview_that_was_changed_comes_back_equal(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    known = a_started_interview()
    for event in (
        lambda i: i.submit_answer(1, "First.", NOW),
        lambda i: i.record_evaluation(1, 1, an_evaluation(12.5)),
        Interview.continue_,
        lambda i: i.ask(a_question("second"), "Because.", NOW),
    ):
        known = store.change_interview(ALICE, INTERVIEW_ID, event, known=known)
        assert store.interview(ALICE, INTERVIEW_ID) == known


def test_change_of_an_interview_known_as_it_was_is_of_the_stored_one(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.rename("Changed meanwhile"))
    changed = store.change_interview(
        ALICE, INTERVIEW_ID, lambda i: i.skip(1), known=a_started_interview()
    )
    assert (changed.name, changed.version) == ("Changed meanwhile", 2)


def test_knowing_anothers_interview_does_not_help(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    known = store.interview(ALICE, INTERVIEW_ID)
    with pytest.raises(NotFoundError):
        store.change_interview(BOB, INTERVIEW_ID, lambda i: i.skip(1), known=known)
    assert store.interview(ALICE, INTERVIEW_ID) == known


def test_change_of_an_unknown_interview_is_not_found(store: InterviewStore) -> None:
    with pytest.raises(NotFoundError):
        store.change_interview(ALICE, INTERVIEW_ID, lambda i: i)


def test_refused_change_stores_nothing(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    with pytest.raises(InvalidTransitionError):
        store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.skip(1).continue_())
    assert store.interview(ALICE, INTERVIEW_ID) == a_started_interview()


def test_change_that_breaks_stores_nothing_and_the_store_goes_on(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())

    def broken(interview: Interview) -> Interview:
        interview.skip(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.change_interview(ALICE, INTERVIEW_ID, broken)
    assert store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.skip(1)).version == 1


def test_changes_from_several_threads_lose_nothing(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview(setup=a_setup(seed=0)))

    def change_often(_: int) -> None:
        for _ in range(5):
            store.change_interview(ALICE, INTERVIEW_ID, _with_next_seed)

    _in_threads(change_often)
    stored = store.interview(ALICE, INTERVIEW_ID)
    assert (stored.setup.seed, stored.version) == (5 * _THREADS, 5 * _THREADS)


def test_of_answers_sent_at_once_from_several_tabs_one_is_stored(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    refused: list[int] = []

    def submit(number: int) -> None:
        try:
            store.change_interview(
                ALICE, INTERVIEW_ID, lambda i: i.submit_answer(1, f"Answer {number}.", NOW)
            )
        except Exception:  # noqa: BLE001 - whatever it is, it is counted
            refused.append(number)

    _in_threads(submit)
    assert len(store.interview(ALICE, INTERVIEW_ID).turn_at(1).attempts) == 1
    assert len(refused) == _THREADS - 1


# --- deleting -----------------------------------------------------------------------------------


def test_deleted_interview_is_gone_with_its_answers_draft_and_asked_questions(
    store: InterviewStore,
) -> None:
    store.add_interview(ALICE, an_answered_interview())
    store.save_draft(ALICE, INTERVIEW_ID, 1, "Half a thought")
    store.delete_interview(ALICE, INTERVIEW_ID)
    assert store.interviews(ALICE) == ()
    assert store.asked_question_ids(ALICE) == frozenset()
    assert store.draft(ALICE, INTERVIEW_ID, 1) == ""
    assert not _claim(store)


def test_id_of_a_deleted_interview_begins_anew(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview())
    store.delete_interview(ALICE, INTERVIEW_ID)
    store.add_interview(ALICE, a_started_interview())
    assert store.interview(ALICE, INTERVIEW_ID) == a_started_interview()


def test_deleting_an_unknown_interview_is_not_found(store: InterviewStore) -> None:
    with pytest.raises(NotFoundError):
        store.delete_interview(ALICE, INTERVIEW_ID)


def test_deleted_candidate_is_gone_with_everything(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview())
    store.save_resume(ALICE, a_resume())
    store.delete_candidate(ALICE)
    assert store.interviews(ALICE) == ()
    assert store.latest_resume(ALICE) is None
    assert store.asked_question_ids(ALICE) == frozenset()
    assert not _claim(store)


def test_deleting_an_unknown_candidate_is_harmless(store: InterviewStore) -> None:
    store.delete_candidate(BOB)
    assert store.interviews(BOB) == ()


def test_deleted_candidate_may_come_back(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    store.delete_candidate(ALICE)
    store.add_interview(ALICE, a_started_interview())
    assert len(store.interviews(ALICE)) == 1


# --- questions asked ----------------------------------------------------------------------------


def test_every_question_put_is_remembered(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_judged_interview())
    store.change_interview(
        ALICE, INTERVIEW_ID, lambda i: i.continue_().ask(a_question("second"), "Because.", NOW)
    )
    assert store.asked_question_ids(ALICE) == {"opener", "second"}


def test_questions_of_all_interviews_are_remembered(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    store.add_interview(ALICE, replace(_with_everything(), id=_OTHER_ID))
    assert store.asked_question_ids(ALICE) >= {"opener", "failed", "closing"}


def test_impression_that_chose_the_next_question_is_kept(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview(setup=a_setup(way=Way.REALISTIC)))
    seen = Impression(60.0, findings(missing=("index",)))
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.record_impression(1, seen))
    assert store.interview(ALICE, INTERVIEW_ID).turn_at(1).impression == seen


# --- claims -------------------------------------------------------------------------------------


def _claim(store: InterviewStore, at: float = 0.0, key: WorkKey = _KEY) -> bool:
    """Try to take a lease of ten seconds, some seconds after `NOW`."""
    now = NOW + timedelta(seconds=at)
    return store.claim(ALICE, key, _lease(now), may_repeat=True) is Claim.TAKEN


def _lease(now: datetime) -> Lease:
    return Lease("a worker", now, now + timedelta(seconds=10))


def test_pending_attempt_can_be_claimed_once(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview())
    assert [_claim(store), _claim(store)] == [True, False]


def test_claim_from_several_threads_has_one_winner(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview())
    won: list[bool] = []
    _in_threads(lambda _: won.append(_claim(store)))
    assert sorted(won) == [False] * (_THREADS - 1) + [True]


@pytest.mark.parametrize("kind", [WorkKind.PLAN, WorkKind.NARRATIVE])
def test_claim_of_an_interviews_work_from_several_threads_has_one_winner(
    store: InterviewStore, kind: WorkKind
) -> None:
    store.add_interview(ALICE, a_started_interview())
    won: list[bool] = []
    _in_threads(lambda _: won.append(_claim(store, key=WorkKey(INTERVIEW_ID, kind=kind))))
    assert sorted(won) == [False] * (_THREADS - 1) + [True]


def test_transcripts_of_one_interview_are_claimed_one_by_one(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    keys = [
        WorkKey(INTERVIEW_ID, kind=WorkKind.TRANSCRIPT, recording_id=UUID(int=at)) for at in (1, 2)
    ]
    assert [_claim(store, key=key) for key in (*keys, *keys)] == [True, True, False, False]
    store.release(ALICE, keys[0])
    assert [_claim(store, key=key) for key in keys] == [True, False]


def test_claims_of_transcripts_go_with_their_interview(store: InterviewStore) -> None:
    key = WorkKey(INTERVIEW_ID, kind=WorkKind.TRANSCRIPT, recording_id=UUID(int=1))
    for _ in range(2):
        store.add_interview(ALICE, a_started_interview())
        assert _claim(store, key=key)
        store.delete_interview(ALICE, INTERVIEW_ID)


@pytest.mark.parametrize("kind", [WorkKind.EVALUATION, WorkKind.PLAN])
def test_work_of_an_interview_that_changed_is_not_claimed(
    store: InterviewStore, kind: WorkKind
) -> None:
    store.add_interview(ALICE, an_answered_interview())
    key = _KEY if kind is WorkKind.EVALUATION else WorkKey(INTERVIEW_ID, kind=kind)
    known = store.interview(ALICE, INTERVIEW_ID).version
    changed = store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.rename("Another name"))
    asked = [
        store.claim(ALICE, key, _lease(NOW), may_repeat=False, version=version)
        for version in (known, changed.version)
    ]
    assert asked == [Claim.CHANGED, Claim.TAKEN]


def test_plan_of_an_interview_that_is_gone_is_not_claimed(store: InterviewStore) -> None:
    key = WorkKey(INTERVIEW_ID, kind=WorkKind.PLAN)
    claim = store.claim(ALICE, key, _lease(NOW), may_repeat=False, version=1)
    assert claim is Claim.CHANGED


def test_lapsed_lease_is_free(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview())
    _claim(store)
    assert [_claim(store, at=9.9), _claim(store, at=10.0)] == [False, True]


@pytest.mark.parametrize("may_repeat", [True, False])
@pytest.mark.parametrize("kind", [WorkKind.EVALUATION, WorkKind.PLAN])
def test_lease_of_a_dead_process_has_lapsed(
    sqlite_engine: Engine, kind: WorkKind, may_repeat: bool
) -> None:
    dead: set[str] = set()
    store = SqlStore(sqlite_engine, FrozenClock(), dead.__contains__)
    store.add_interview(ALICE, an_answered_interview())
    key = _KEY if kind is WorkKind.EVALUATION else WorkKey(INTERVIEW_ID, kind=kind)
    _claim(store, key=key)
    assert store.claim(ALICE, key, _lease(NOW), may_repeat=may_repeat) is Claim.HELD
    dead.add("a worker")
    lapsed = Claim.TAKEN if may_repeat else Claim.LAPSED
    assert store.claim(ALICE, key, _lease(NOW), may_repeat=may_repeat) is lapsed


def test_lease_from_a_future_that_never_comes_is_free(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview())
    _claim(store, at=86_400)
    assert _claim(store)


@pytest.mark.parametrize(
    "key",
    [
        WorkKey(INTERVIEW_ID, 1, 2),
        WorkKey(INTERVIEW_ID, 2, 1),
        WorkKey(_OTHER_ID, 1, 1),
    ],
)
def test_attempt_that_does_not_exist_cannot_be_claimed(store: InterviewStore, key: WorkKey) -> None:
    store.add_interview(ALICE, an_answered_interview())
    assert not _claim(store, key=key)


def test_judged_attempt_cannot_be_claimed(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_judged_interview())
    assert not _claim(store, at=100)


def test_failed_attempt_cannot_be_claimed(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview().record_failure(1, 1, "It broke."))
    assert not _claim(store)


def test_retry_frees_the_lease_at_once(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview())
    _claim(store)
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.record_failure(1, 1, "It broke."))
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.retry_evaluation(1, 1))
    assert _claim(store)


def test_change_of_something_else_keeps_the_lease(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview())
    _claim(store)
    store.change_interview(ALICE, INTERVIEW_ID, Interview.go_on_unscored)
    assert not _claim(store)


def test_rating_while_the_answer_is_judged_keeps_the_lease(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview())
    _claim(store)
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.rate_self(1, 1, 4))
    assert not _claim(store)


def test_second_look_can_be_claimed_once(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview(interviewer=_AI))
    _claim(store)
    store.change_interview(
        ALICE, INTERVIEW_ID, lambda i: i.record_evaluation(1, 1, an_evaluation())
    )
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.dispute(1, 1))
    assert [_claim(store), _claim(store)] == [True, False]


def test_claim_changes_nothing_of_the_interview(store: InterviewStore) -> None:
    store.add_interview(ALICE, an_answered_interview())
    _claim(store)
    assert store.interview(ALICE, INTERVIEW_ID) == an_answered_interview()


# --- drafts -------------------------------------------------------------------------------------


def test_draft_comes_back(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    store.save_draft(ALICE, INTERVIEW_ID, 1, "Half a thought\nand more")
    assert store.draft(ALICE, INTERVIEW_ID, 1) == "Half a thought\nand more"


def test_newest_draft_counts(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    for text in ("Half", "Half a thought", ""):
        store.save_draft(ALICE, INTERVIEW_ID, 1, text)
    assert store.draft(ALICE, INTERVIEW_ID, 1) == ""


def test_draft_of_another_position_is_not_shown(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    store.save_draft(ALICE, INTERVIEW_ID, 1, "Half a thought")
    assert store.draft(ALICE, INTERVIEW_ID, 2) == ""


def test_draft_of_an_earlier_question_does_not_replace_the_later_one(
    store: InterviewStore,
) -> None:
    store.add_interview(ALICE, a_started_interview())
    for position in (1, 2, 1):
        store.save_draft(ALICE, INTERVIEW_ID, position, f"Thought {position}")
    assert store.draft(ALICE, INTERVIEW_ID, 2) == "Thought 2"


def test_draft_is_kept_again_after_one_became_an_answer(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    store.save_draft(ALICE, INTERVIEW_ID, 1, "Half a thought")
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.submit_answer(1, "All of it.", NOW))
    store.save_draft(ALICE, INTERVIEW_ID, 1, "A better thought")
    assert store.draft(ALICE, INTERVIEW_ID, 1) == "A better thought"


def test_draft_of_an_unknown_interview_is_ignored(store: InterviewStore) -> None:
    store.save_draft(ALICE, INTERVIEW_ID, 1, "Half a thought")
    assert store.draft(ALICE, INTERVIEW_ID, 1) == ""


def test_draft_ends_with_the_answer_it_became(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    store.save_draft(ALICE, INTERVIEW_ID, 1, "Half a thought")
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.submit_answer(1, "All of it.", NOW))
    assert store.draft(ALICE, INTERVIEW_ID, 1) == ""


def test_draft_outlives_changes_that_are_no_answer(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    store.save_draft(ALICE, INTERVIEW_ID, 1, "Half a thought")
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.use_hint(1))
    assert store.draft(ALICE, INTERVIEW_ID, 1) == "Half a thought"


# --- resumes ------------------------------------------------------------------------------------


def test_stored_resume_comes_back_equal(store: InterviewStore) -> None:
    store.save_resume(ALICE, a_resume())
    assert store.latest_resume(ALICE) == a_resume()


def test_resume_with_the_same_id_is_replaced(store: InterviewStore) -> None:
    store.save_resume(ALICE, a_resume())
    corrected = a_resume(profile=replace(a_resume().profile, name="Ilva B. Brandmere"))
    store.save_resume(ALICE, corrected)
    assert store.latest_resume(ALICE) == corrected


def test_newer_resume_is_the_latest(store: InterviewStore) -> None:
    newer = a_resume(id=_OTHER_RESUME_ID, uploaded_at=NOW + timedelta(seconds=1))
    store.save_resume(ALICE, a_resume())
    store.save_resume(ALICE, newer)
    assert store.latest_resume(ALICE) == newer


def test_what_follows_a_change_gets_the_changed_interview(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    seen: list[Interview] = []
    changed = store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.use_hint(1), seen.append)
    assert seen == [changed]


def test_nothing_follows_a_change_that_changes_nothing(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    seen: list[Interview] = []
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i, seen.append)
    assert seen == []


def test_change_is_undone_where_what_follows_fails(store: InterviewStore) -> None:
    def fail(_interview: Interview) -> None:
        raise StoreError("No.")

    store.add_interview(ALICE, a_started_interview())
    with pytest.raises(StoreError):
        store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.use_hint(1), fail)
    assert store.interview(ALICE, INTERVIEW_ID) == a_started_interview()


def test_at_hand_are_the_newest_unfinished_interview_and_the_latest_resume(
    store: InterviewStore,
) -> None:
    older = replace(a_started_interview(), id=uuid4(), created_at=NOW - timedelta(days=2))
    unfinished = replace(a_judged_interview(), created_at=NOW - timedelta(days=1))
    finished = replace(a_started_interview(), id=_OTHER_ID).finish(NOW)
    for interview in (older, unfinished, finished):
        store.add_interview(ALICE, interview)
    store.save_resume(ALICE, a_resume())
    assert store.at_hand(ALICE) == (summary_of(unfinished), a_resume())
    assert store.at_hand(BOB) == (None, None)


def test_candidate_without_a_resume_has_none(store: InterviewStore) -> None:
    assert store.latest_resume(ALICE) is None


def test_deleted_resumes_are_gone_and_interviews_stay(store: InterviewStore) -> None:
    store.add_interview(ALICE, a_started_interview())
    store.save_resume(ALICE, a_resume())
    store.delete_resumes(ALICE)
    assert store.latest_resume(ALICE) is None
    assert len(store.interviews(ALICE)) == 1


# --- isolation ----------------------------------------------------------------------------------


@pytest.fixture
def of_alice(store: InterviewStore) -> InterviewStore:
    """A store with everything of Alice's; Bob has an interview of his own."""
    store.add_interview(ALICE, an_answered_interview())
    store.save_draft(ALICE, INTERVIEW_ID, 2, "Half a thought")
    store.save_resume(ALICE, a_resume())
    store.add_interview(BOB, replace(a_started_interview(), id=_OTHER_ID))
    return store


def _assert_untouched(store: InterviewStore) -> None:
    assert store.interview(ALICE, INTERVIEW_ID) == an_answered_interview()
    assert store.draft(ALICE, INTERVIEW_ID, 2) == "Half a thought"
    assert store.latest_resume(ALICE) == a_resume()
    assert store.asked_question_ids(ALICE) == {"opener"}


def test_other_candidate_does_not_see_the_interview(of_alice: InterviewStore) -> None:
    with pytest.raises(NotFoundError):
        of_alice.interview(BOB, INTERVIEW_ID)


def test_other_candidate_lists_only_their_own(of_alice: InterviewStore) -> None:
    assert [summary.id for summary in of_alice.interviews(BOB)] == [_OTHER_ID]


def test_other_candidate_sees_no_answers_in_short(of_alice: InterviewStore) -> None:
    assert of_alice.answers(ALICE)
    assert not of_alice.answers(BOB)
    assert not of_alice.answers_before(BOB, NOW + timedelta(1), 9)


def test_other_candidate_cannot_change_the_interview(of_alice: InterviewStore) -> None:
    with pytest.raises(NotFoundError):
        of_alice.change_interview(BOB, INTERVIEW_ID, lambda i: i.finish(NOW))
    _assert_untouched(of_alice)


def test_other_candidate_cannot_delete_the_interview(of_alice: InterviewStore) -> None:
    with pytest.raises(NotFoundError):
        of_alice.delete_interview(BOB, INTERVIEW_ID)
    _assert_untouched(of_alice)


def test_other_candidate_cannot_take_the_interviews_id(of_alice: InterviewStore) -> None:
    with pytest.raises(StoreError):
        of_alice.add_interview(BOB, a_started_interview())
    _assert_untouched(of_alice)


def test_other_candidate_does_not_know_the_questions(of_alice: InterviewStore) -> None:
    of_alice.delete_interview(BOB, _OTHER_ID)
    assert of_alice.asked_question_ids(BOB) == frozenset()


def test_other_candidate_cannot_claim_the_attempt(of_alice: InterviewStore) -> None:
    assert of_alice.claim(BOB, _KEY, _lease(NOW), may_repeat=True) is Claim.HELD
    assert _claim(of_alice)


def test_other_candidate_neither_reads_nor_writes_the_draft(of_alice: InterviewStore) -> None:
    of_alice.save_draft(BOB, INTERVIEW_ID, 2, "Mine now")
    assert of_alice.draft(BOB, INTERVIEW_ID, 2) == ""
    _assert_untouched(of_alice)


def test_other_candidate_does_not_see_the_resume(of_alice: InterviewStore) -> None:
    assert of_alice.latest_resume(BOB) is None


def test_other_candidate_cannot_replace_the_resume(of_alice: InterviewStore) -> None:
    with pytest.raises(StoreError):
        of_alice.save_resume(BOB, a_resume(profile=replace(a_resume().profile, name="Bob")))
    _assert_untouched(of_alice)


def test_other_candidate_deletes_only_their_own(of_alice: InterviewStore) -> None:
    of_alice.delete_resumes(BOB)
    of_alice.delete_candidate(BOB)
    assert of_alice.interviews(BOB) == ()
    _assert_untouched(of_alice)


def test_nothing_of_one_candidate_is_among_anothers_after_deleting(
    of_alice: InterviewStore,
) -> None:
    of_alice.delete_candidate(ALICE)
    assert [summary.id for summary in of_alice.interviews(BOB)] == [_OTHER_ID]
    assert of_alice.asked_question_ids(BOB) == {"opener"}
