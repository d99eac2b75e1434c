"""What every PracticeStore promises, proved on the store in memory and on SQLite."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from core.adapters.database import open_sqlite
from core.adapters.sql_practice import SqlPracticeStore
from core.adapters.sql_real_questions import SqlRealQuestionStore
from core.adapters.sql_store import SqlStore
from core.domain.errors import StoreError
from core.domain.evaluation import Coverage
from core.domain.interview import Interview
from core.domain.practice import PracticeAgenda, PracticeItem
from core.domain.real_question import RealQuestion
from core.learning_ports import PracticeStore, RealQuestionStore
from tests.builders import ALICE, BOB, INTERVIEW_ID, NOW, a_started_interview
from tests.doubles import FrozenClock
from tests.learning_doubles import (
    MemoryPracticeStore,
    MemoryRealQuestionStore,
    a_review,
    an_item,
)

_BOBS_INTERVIEW = UUID("33333333-0000-4000-8000-000000000005")
_TODAY = NOW.date()
_IDS = frozenset({"slow-query", "other"})


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def stores(request: pytest.FixtureRequest) -> tuple[PracticeStore, RealQuestionStore]:
    """A practice store, and the store of the real questions that it sees."""
    if request.param == "memory":
        noted = MemoryRealQuestionStore()
        return MemoryPracticeStore(noted), noted
    engine = request.getfixturevalue(f"{request.param}_engine")
    interviews = SqlStore(engine, FrozenClock())
    interviews.add_interview(ALICE, a_started_interview())
    interviews.add_interview(BOB, a_started_interview(id=_BOBS_INTERVIEW))
    return SqlPracticeStore(engine), SqlRealQuestionStore(engine, FrozenClock())


@pytest.fixture
def store(stores: tuple[PracticeStore, RealQuestionStore]) -> PracticeStore:
    return stores[0]


def put(store: PracticeStore, *items: PracticeItem, user: UUID = ALICE) -> None:
    store.change_items(user, _IDS, lambda known: (*known, *items))


def due(question_id: str, day: date) -> PracticeItem:
    return an_item(question_id, due_on=day)


def mastered(question_id: str) -> PracticeItem:
    days = (timedelta(days=number) for number in (1, 3, 9))
    made = tuple(a_review(Coverage.COVERED, NOW + day) for day in days)
    return an_item(question_id, reviews=(a_review(), *made), due_on=_TODAY)


def test_stored_item_comes_back_equal(store: PracticeStore) -> None:
    put(store, mastered("slow-query"))
    assert store.items(ALICE, _IDS) == (mastered("slow-query"),)


def test_change_sees_the_items_of_its_questions_only(store: PracticeStore) -> None:
    put(store, an_item(), an_item("other"))
    seen: list[PracticeItem] = []

    def look(known: tuple[PracticeItem, ...]) -> tuple[PracticeItem, ...]:
        seen.extend(known)
        return known

    store.change_items(ALICE, frozenset({"other"}), look)
    assert seen == [an_item("other")]


def test_changed_item_takes_the_place_of_the_former_one(store: PracticeStore) -> None:
    put(store, an_item())
    later = replace(an_item(), due_on=_TODAY + timedelta(days=5))
    store.change_items(ALICE, _IDS, lambda _: (later,))
    assert store.items(ALICE, _IDS) == (later,)


def test_item_that_a_change_leaves_out_is_gone(store: PracticeStore) -> None:
    put(store, an_item(), an_item("other"))
    store.change_items(ALICE, frozenset({"other"}), lambda _: ())
    assert store.items(ALICE, _IDS) == (an_item(),)


def test_change_that_raises_leaves_everything_as_it_was(store: PracticeStore) -> None:
    put(store, an_item())

    def fail(_: tuple[PracticeItem, ...]) -> tuple[PracticeItem, ...]:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own, without a text
        store.change_items(ALICE, _IDS, fail)
    assert store.items(ALICE, _IDS) == (an_item(),)


def test_items_are_seen_and_changed_by_their_candidate_only(store: PracticeStore) -> None:
    put(store, an_item())
    bobs = an_item(reviews=(a_review(interview_id=_BOBS_INTERVIEW),))
    store.change_items(BOB, _IDS, lambda known: (*known, bobs))
    store.change_items(BOB, _IDS, lambda _: ())
    assert store.items(BOB, _IDS) == ()
    assert store.items(ALICE, _IDS) == (an_item(),)
    assert store.agenda(BOB, _TODAY + timedelta(days=9), 5) == PracticeAgenda()


def test_agenda_of_a_new_candidate_is_empty(store: PracticeStore) -> None:
    assert store.agenda(ALICE, _TODAY, 5) == PracticeAgenda()


def test_agenda_names_due_ones_first_due_first_and_counts_the_rest(store: PracticeStore) -> None:
    yesterday, tomorrow = _TODAY - timedelta(days=1), _TODAY + timedelta(days=1)
    by_day = (due("a", _TODAY), due("b", yesterday), due("c", tomorrow), mastered("d"))
    store.change_items(ALICE, frozenset(), lambda _: by_day)
    agenda = store.agenda(ALICE, _TODAY, 5)
    assert [item.question.id for item in agenda.items] == ["b", "a"]
    assert (agenda.due, agenda.waiting, agenda.mastered) == (2, 1, 1)
    assert agenda.next_on == tomorrow


def test_agenda_counts_more_due_items_than_it_brings(store: PracticeStore) -> None:
    put(store, due("slow-query", _TODAY), due("other", _TODAY))
    agenda = store.agenda(ALICE, _TODAY, 1)
    assert (len(agenda.items), agenda.due) == (1, 2)


def test_ahead_is_the_agenda_with_the_real_questions_the_newest_first(
    stores: tuple[PracticeStore, RealQuestionStore],
) -> None:
    store, noted = stores
    put(store, due("slow-query", _TODAY), due("other", _TODAY))
    old, new = (RealQuestion("B?", NOW), RealQuestion("Z?", NOW + timedelta(days=1)))
    same_day = RealQuestion("A?", NOW)
    noted.add_questions(ALICE, [old, new, same_day])
    agenda = store.agenda(ALICE, _TODAY, 5)
    assert store.ahead(ALICE, _TODAY, 5) == (agenda, (new, same_day, old))


def test_next_day_comes_with_what_is_ahead(
    stores: tuple[PracticeStore, RealQuestionStore],
) -> None:
    store, noted = stores
    put(store, due("slow-query", _TODAY + timedelta(days=1)))
    noted.add_questions(ALICE, [RealQuestion("A?", NOW)])
    agenda, _ = store.ahead(ALICE, _TODAY, 5)
    assert agenda.next_on == _TODAY + timedelta(days=1)


def test_nothing_of_another_candidates_is_ahead(
    stores: tuple[PracticeStore, RealQuestionStore],
) -> None:
    store, noted = stores
    put(store, due("slow-query", _TODAY))
    noted.add_questions(ALICE, [RealQuestion("A?", NOW)])
    assert store.ahead(BOB, _TODAY, 5) == (PracticeAgenda(), ())


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_items_that_follow_a_change_are_stored_with_it_or_not_at_all(
    request: pytest.FixtureRequest, kind: str
) -> None:
    engine = request.getfixturevalue(f"{kind}_engine")
    interviews, practice = SqlStore(engine, FrozenClock()), SqlPracticeStore(engine)
    interviews.add_interview(ALICE, a_started_interview())

    def put_and_fail(_interview: Interview) -> None:
        put(practice, an_item())
        raise StoreError("No.")

    with pytest.raises(StoreError):
        interviews.change_interview(ALICE, INTERVIEW_ID, lambda i: i.use_hint(1), put_and_fail)
    assert practice.items(ALICE, _IDS) == ()
    interviews.change_interview(
        ALICE, INTERVIEW_ID, lambda i: i.use_hint(1), lambda _: put(practice, an_item())
    )
    assert practice.items(ALICE, _IDS) == (an_item(),)


def test_item_goes_with_the_interview_it_arose_from(tmp_path: Path) -> None:
    engine = open_sqlite(tmp_path / "interviews.db")
    interviews, practice = SqlStore(engine, FrozenClock()), SqlPracticeStore(engine)
    interviews.add_interview(ALICE, a_started_interview())
    put(practice, an_item())
    interviews.delete_interview(ALICE, INTERVIEW_ID)
    assert practice.items(ALICE, _IDS) == ()
    engine.dispose()
