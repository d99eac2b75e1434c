from datetime import timedelta
from typing import Any
from uuid import UUID

from core.domain.told_answer import ToldAnswer
from core.evaluation.story_bank import story_bank
from tests.builders import INTERVIEW_ID, NOW

IMPORT = (
    "At my last job the nightly import took three hours. I measured each step and rewrote the slow query. "
    "In the end it ran in twenty minutes."
)
SAME_IMPORT = (
    "The nightly import at my last job needed three hours, so I measured every step and rewrote one slow "
    "query. It ran in twenty minutes after that."
)
QUARREL = (
    "Two colleagues in our team no longer spoke to each other. I invited both to lunch and asked what had "
    "happened. As a result they apologised and shared a project again."
)
NO_STORY = "Honesty matters, and people should respect each other."


def told(text: str = IMPORT, **changes: Any) -> ToldAnswer:
    values: dict[str, Any] = {
        "interview_id": INTERVIEW_ID,
        "position": 1,
        "question": "Tell me about a time you were proud.",
        "competency": "ownership",
        "text": text,
        "score": 60.0,
        "told_at": NOW,
    }
    return ToldAnswer(**(values | changes))


def test_different_stories_stand_apart_the_best_first() -> None:
    bank = story_bank([told(QUARREL, score=50.0), told(IMPORT, score=80.0)], ())
    assert [story.best.text for story in bank.stories] == [IMPORT, QUARREL]


def test_one_story_told_in_other_words_is_one_story_with_its_best_telling_first() -> None:
    bank = story_bank([told(IMPORT, score=55.0), told(SAME_IMPORT, score=70.0)], ())
    (story,) = bank.stories
    assert [telling.text for telling in story.tellings] == [SAME_IMPORT, IMPORT]


def test_of_equal_tellings_the_newest_is_the_best() -> None:
    newer = told(told_at=NOW + timedelta(days=1), interview_id=UUID(int=2))
    assert story_bank([told(), newer], ()).stories[0].best == newer


def test_story_names_what_it_was_told_for() -> None:
    bank = story_bank([told(), told(SAME_IMPORT, competency="learning", score=70.0)], ())
    assert bank.stories[0].competencies == ("learning", "ownership")


def test_story_told_for_three_questions_is_overused() -> None:
    tellings = [told(question=f"Question {number}?") for number in range(3)]
    assert story_bank(tellings, ()).stories[0].is_overused
    assert not story_bank(tellings[:2], ()).stories[0].is_overused


def test_story_told_again_for_the_same_question_is_not_overused() -> None:
    tellings = [told(interview_id=UUID(int=number)) for number in range(5)]
    assert not story_bank(tellings, ()).stories[0].is_overused


def test_wanted_competency_without_a_good_story_is_missing() -> None:
    tellings = [told(), told(QUARREL, competency="conflict", score=49.9)]
    assert story_bank(tellings, ("ownership", "conflict", "learning")).missing == (
        "conflict",
        "learning",
    )


def test_answer_that_tells_nothing_is_no_story_and_serves_nothing() -> None:
    bank = story_bank([told(NO_STORY, score=90.0)], ("ownership",))
    assert bank.stories == ()
    assert bank.missing == ("ownership",)


def test_answer_in_another_language_is_no_story() -> None:
    german = (
        "Als wir im letzten Jahr umgezogen sind, habe ich mit der Leitung und dem Team gesprochen."
    )
    assert story_bank([told(german)], ()).stories == ()


def test_parts_of_a_story_are_sentences_of_its_telling() -> None:
    (story,) = story_bank([told()], ()).stories
    parts = [IMPORT[span.start : span.end] for spans in story.view.parts.values() for span in spans]
    assert parts
    assert all(part in IMPORT for part in parts)
