"""Maps from a job description to a candidate's own words, with the real lexicon on stores in memory."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from core.adapters.content_files import read_lexicon
from core.domain.document import DocumentKind, DocumentText
from core.domain.errors import InvalidInputError
from core.domain.preparation import MOST_PREPARATIONS, GivenAnswer, Requirement, Standing
from core.domain.profile import CandidateProfile
from core.domain.told_answer import AnswerPlace
from core.services.preparation_maps import PreparationMaps
from tests.builders import ALICE, BOB, DATA, NOW, a_resume, real_content
from tests.doubles import FrozenClock, MemoryStore
from tests.learning_doubles import JOB, MemoryPreparationStore, a_preparation

LEXICON = read_lexicon(DATA)
RESUME = "Ilva Brandmere\nQuillhaven Foods\nMoved the orders to PostgreSQL without a lost one.\n"
PYTHON = GivenAnswer(
    UUID(int=1), 2, "What is a decorator in Python?", "It wraps a function.", 40.0, NOW
)
MENTION = GivenAnswer(
    UUID(int=1), 3, "Tell me of a mistake.", "We broke it. Kubernetes restarted it.", 90.0, NOW
)


class GivenAnswers:
    """AnswerTexts with a fixed list of judged answers, all of them Alice's."""

    def __init__(self, *answers: GivenAnswer) -> None:
        self._answers = answers

    def texts(self, _user_id: UUID, _places: object) -> dict[AnswerPlace, str]:
        return {}

    def judged(self, user_id: UUID, most: int) -> tuple[GivenAnswer, ...]:
        return self._answers[:most] if user_id == ALICE else ()


def maps(*answers: GivenAnswer, has_resume: bool = True) -> PreparationMaps:
    store = MemoryStore()
    if has_resume:
        profile = CandidateProfile(skills=LEXICON.find(RESUME))
        document = DocumentText(RESUME, DocumentKind.TEXT)
        store.save_resume(ALICE, a_resume(document=document, profile=profile))
    return PreparationMaps(
        MemoryPreparationStore(),
        store,
        GivenAnswers(*answers),
        LEXICON.find,
        real_content(),
        FrozenClock(),
    )


def requirement(name: str, *answers: GivenAnswer) -> Requirement:
    mapped = maps(*answers).map_of(ALICE, a_preparation())
    return next(r for r in mapped.requirements if r.name == name)


def test_every_requirement_shows_words_of_the_job_description() -> None:
    mapped = maps().map_of(ALICE, a_preparation())
    assert {"Python", "PostgreSQL", "Kubernetes"} <= {r.name for r in mapped.requirements}
    assert all(r.words and r.words in JOB for r in mapped.requirements)


def test_evidence_of_the_resume_is_verbatim() -> None:
    found = requirement("PostgreSQL")
    assert found.resume == ("Moved the orders to PostgreSQL without a lost one.",)
    assert found.standing is Standing.CLAIMED


def test_answer_to_a_question_about_it_counts_with_its_score() -> None:
    found = requirement("Python", PYTHON)
    assert found.standing is Standing.WEAK
    assert found.answer is not None
    assert found.answer.words == PYTHON.text


def test_best_answer_to_a_question_about_it_stands() -> None:
    better = replace(PYTHON, score=80.0)
    assert requirement("Python", PYTHON, better, PYTHON).standing is Standing.SHOWN


def test_answer_that_only_names_it_shows_its_sentence_and_no_score() -> None:
    found = requirement("Kubernetes", MENTION)
    assert found.standing is Standing.CLAIMED
    assert found.answer is not None
    assert found.answer.words == "Kubernetes restarted it."


def test_question_of_the_bank_is_about_its_topics_too() -> None:
    asked = next(q for q in real_content().questions if "sql" in q.topics and "SQL" not in q.text)
    answer = replace(PYTHON, question=asked.text)
    job = a_preparation(job_description="You know SQL.")
    (found,) = maps(answer).map_of(ALICE, job).requirements
    assert found.answer is not None
    assert found.answer.is_asked


def test_without_a_resume_nothing_is_said_of_one() -> None:
    mapped = maps(has_resume=False).map_of(ALICE, a_preparation())
    assert not mapped.has_resume
    assert all(not r.resume for r in mapped.requirements)


def test_description_without_a_known_skill_has_no_requirement() -> None:
    mapped = maps().map_of(ALICE, a_preparation(job_description="Come and join us."))
    assert mapped.requirements == ()
    assert [task.requirement for day in mapped.plan.days for task in day.tasks] == [None]


def test_preparation_is_kept_changed_and_deleted() -> None:
    service = maps()
    made = service.add(ALICE, " A  name ", JOB, NOW.date())
    assert service.of(ALICE) == (made,)
    changed = service.change(ALICE, replace(made, title="Second round"))
    assert (service.of(ALICE), service.of(BOB)) == ((changed,), ())
    service.delete(ALICE, made.id)
    assert service.of(ALICE) == ()


def test_preparation_whose_day_is_past_can_still_be_renamed() -> None:
    service = maps()
    past = a_preparation(interview_on=NOW.date() - timedelta(days=9))
    assert service.change(ALICE, replace(past, title="Done")).title == "Done"


def test_preparations_are_bounded() -> None:
    service = maps()
    for number in range(MOST_PREPARATIONS):
        service.add(ALICE, str(number), JOB, NOW.date())
    with pytest.raises(InvalidInputError):
        service.add(ALICE, "one more", JOB, NOW.date())
