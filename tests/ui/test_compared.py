import pytest

from core.domain.attempt import Attempt
from core.domain.rubric import Criterion
from core.domain.turn import Turn
from tests.builders import NOW, a_started_interview, a_void_evaluation, an_evaluation, judgements
from tests.ui.test_texts import read
from ui.compared import best_html, changes_html, side_by_side_html

_C = Criterion


def turn_with(*attempts: tuple[str, float | None]) -> Turn:
    """A turn with attempts of these texts and scores; None is a void judgement."""
    interview = a_started_interview()
    for number, (answer, score) in enumerate(attempts, 1):
        answered = interview.submit_answer(1, answer, NOW)
        evaluation = a_void_evaluation() if score is None else an_evaluation(score)
        interview = answered.record_evaluation(1, number, evaluation).try_again()
    return interview.turn_at(1)


def attempt(score: float, depth: float, evaluator: str = "scripted") -> Attempt:
    levels = judgements({_C.DEPTH: depth, _C.CLARITY: 3.0})
    evaluation = an_evaluation(score, criteria=levels, evaluator=evaluator)
    return Attempt(1, "An answer.", NOW, evaluation=evaluation)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [(2.0, 3.0, "▲</span> +1.0"), (3.0, 2.5, "▼</span> −0.5"), (3.0, 3.01, "=</span> 0")],
)
def test_change_of_a_criterion_has_a_sign_and_a_number(
    before: float, after: float, told: str
) -> None:
    assert f'Depth <span aria-hidden="true">{told}' in changes_html(
        attempt(50, before), attempt(50, after)
    )


def test_change_of_the_score_comes_first() -> None:
    told = read(changes_html(attempt(40.4, 3), attempt(61.0, 3))).text
    assert told.startswith("Since attempt 1Score ▲ +21")


def test_judgements_of_two_interviewers_are_not_compared_silently() -> None:
    note = "Two interviewers judged"
    assert note in changes_html(attempt(50, 3), attempt(50, 3, "another"))
    assert note not in changes_html(attempt(50, 3), attempt(50, 3))


def test_attempt_without_a_score_is_not_compared() -> None:
    void, judged = turn_with(("One.", None), ("Two.", 50.0)).attempts
    assert changes_html(void, judged) == ""


def test_both_answers_stand_side_by_side_with_their_scores_and_differences() -> None:
    html = side_by_side_html(*turn_with(("I add an <i>", 40.0), ("I add one <i>", 60.0)).attempts)
    assert "Attempt 1 · 40 of 100" in html
    assert "Attempt 2 · 60 of 100" in html
    assert "I add <del>an</del> &lt;i&gt;" in html
    assert "I add <ins>one</ins> &lt;i&gt;" in html


def test_best_earlier_attempt_is_named_with_what_counts() -> None:
    told = best_html(turn_with(("One.", 70.0), ("Two.", 40.0)))
    assert "attempt 1, 70 of 100" in told
    assert "The newest one counts" in told


def test_single_attempt_is_not_called_the_best() -> None:
    assert best_html(turn_with(("One.", 70.0))) == ""
