"""Whatever happens in whatever order, an interview keeps its promises."""

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.domain.adaptivity import choose_next
from core.domain.attempt import Attempt, EvaluationStatus
from core.domain.errors import InterviewError
from core.domain.evaluation import Impression
from core.domain.interview import OVER, Interview, Phase
from core.domain.interview_setup import Way
from core.domain.interviewer_choice import BUILT_IN_CHOICE, InterviewerChoice
from tests.builders import NOW, a_setup, a_void_evaluation, an_evaluation, an_interview
from tests.known_providers import OPENAI

_P = Phase
_UNDER_WAY = {_P.LISTENING, _P.PROCESSING, _P.FEEDBACK, _P.NEXT_QUESTION}
_EDGES = {
    (_P.IDLE, _P.LISTENING),
    (_P.LISTENING, _P.PROCESSING),
    (_P.LISTENING, _P.NEXT_QUESTION),
    (_P.PROCESSING, _P.FEEDBACK),
    (_P.PROCESSING, _P.NEXT_QUESTION),
    (_P.FEEDBACK, _P.NEXT_QUESTION),
    (_P.FEEDBACK, _P.LISTENING),
    (_P.NEXT_QUESTION, _P.LISTENING),
    *((phase, over) for phase in _UNDER_WAY for over in OVER),
}
_places = st.integers(min_value=0, max_value=5)
_answers = st.text(alphabet="ab ", max_size=3)
_interviewers = (BUILT_IN_CHOICE, InterviewerChoice(OPENAI, "a-model"))


class InterviewMachine(RuleBasedStateMachine):
    """Every event may come at any time; each is either carried out or refused without a trace."""

    @initialize(way=st.sampled_from(Way), interviewer=st.sampled_from(_interviewers))
    def make(self, way: Way, interviewer: InterviewerChoice) -> None:
        self.interview = an_interview(setup=a_setup(way=way), interviewer=interviewer)
        self.last_phase = Phase.IDLE
        self.answers: list[tuple[int, int, str]] = []
        self.scored: set[tuple[int, int]] = set()
        self.ratings: dict[tuple[int, int], int] = {}

    def _try(self, changed: Interview | None) -> None:
        if changed is not None:
            self.last_phase = self.interview.phase
            self.interview = changed

    @rule()
    def start(self) -> None:
        self._try(_or_none(lambda: self.interview.start("Because.", NOW)))

    @rule(position=_places, answer=_answers)
    def submit(self, position: int, answer: str) -> None:
        self._try(_or_none(lambda: self.interview.submit_answer(position, answer, NOW)))

    @precondition(lambda self: self.interview.phase is Phase.LISTENING)
    @rule(answer=st.sampled_from(["one", "two"]))
    def answer_current(self, answer: str) -> None:
        position = len(self.interview.turns)
        self._try(self.interview.submit_answer(position, answer, NOW))

    @rule(position=_places)
    def skip(self, position: int) -> None:
        self._try(_or_none(lambda: self.interview.skip(position)))

    @rule(position=_places)
    def use_hint(self, position: int) -> None:
        self._try(_or_none(lambda: self.interview.use_hint(position)))

    @rule(position=_places, number=_places, is_void=st.booleans())
    def evaluation_arrives(self, position: int, number: int, *, is_void: bool) -> None:
        evaluation = a_void_evaluation() if is_void else an_evaluation()
        self._try(_or_none(lambda: self.interview.record_evaluation(position, number, evaluation)))

    @rule(position=_places, has_impression=st.booleans())
    def go_on_at_once(self, position: int, *, has_impression: bool) -> None:
        seen = Impression(60.0) if has_impression else None
        self._try(_or_none(lambda: self.interview.record_impression(position, seen)))

    @precondition(lambda self: self.interview.phase is Phase.PROCESSING)
    @rule()
    def awaited_evaluation_arrives(self) -> None:
        turn = self.interview.current
        number = len(turn.attempts)
        self._try(self.interview.record_evaluation(turn.position, number, an_evaluation()))

    @rule(position=_places, number=_places)
    def evaluation_fails(self, position: int, number: int) -> None:
        self._try(_or_none(lambda: self.interview.record_failure(position, number, "It broke.")))

    @rule(position=_places, number=_places)
    def retry(self, position: int, number: int) -> None:
        self._try(_or_none(lambda: self.interview.retry_evaluation(position, number)))

    @rule(position=_places, number=_places, rating=_places)
    def rate_self(self, position: int, number: int, rating: int) -> None:
        self._try(_or_none(lambda: self.interview.rate_self(position, number, rating)))

    @rule(position=_places, number=_places, reason=_answers)
    def dispute(self, position: int, number: int, reason: str) -> None:
        phase = self.interview.phase
        self._try(_or_none(lambda: self.interview.dispute(position, number, reason)))
        assert self.interview.phase is phase

    @rule()
    def go_on_unscored(self) -> None:
        self._try(_or_none(self.interview.go_on_unscored))

    @rule()
    def continue_(self) -> None:
        self._try(_or_none(self.interview.continue_))

    @rule()
    def try_again(self) -> None:
        self._try(_or_none(self.interview.try_again))

    @precondition(lambda self: self.interview.phase is Phase.NEXT_QUESTION)
    @rule()
    def ask_the_chosen_question(self) -> None:
        choice = choose_next(self.interview)
        if choice:
            self._try(self.interview.ask(choice.question, choice.reason, NOW))

    @precondition(lambda self: len(self.interview.turns) > 2)
    @rule(is_finished=st.booleans())
    def end(self, *, is_finished: bool) -> None:
        event = self.interview.finish if is_finished else self.interview.abandon
        self._try(_or_none(lambda: event(NOW)))

    @invariant()
    def answers_never_change_or_disappear(self) -> None:
        told = [
            (turn.position, attempt.number, attempt.answer)
            for turn in self.interview.turns
            for attempt in turn.attempts
        ]
        assert set(self.answers) <= set(told)
        self.answers = told

    @invariant()
    def positions_and_attempts_count_from_one(self) -> None:
        turns = self.interview.turns
        assert [turn.position for turn in turns] == list(range(1, len(turns) + 1))
        for turn in turns:
            numbers = [attempt.number for attempt in turn.attempts]
            assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def phase_moves_along_the_edges_only(self) -> None:
        edge = (self.last_phase, self.interview.phase)
        assert edge[0] is edge[1] or edge in _EDGES
        self.last_phase = self.interview.phase

    @invariant()
    def only_the_last_question_can_be_open(self) -> None:
        never_left = [t for t in self.interview.turns if not t.attempts and not t.is_skipped]
        assert never_left in ([], [*self.interview.turns[-1:]])

    @invariant()
    def skipped_question_has_no_answer(self) -> None:
        assert not any(turn.is_skipped and turn.attempts for turn in self.interview.turns)

    @invariant()
    def score_exists_only_where_something_judged(self) -> None:
        for _, attempt in self._attempts():
            is_done = attempt.status is EvaluationStatus.DONE
            assert (attempt.overall is not None) == is_done or attempt.is_second_look_pending

    @invariant()
    def score_that_was_there_is_never_lost(self) -> None:
        scored = {key for key, attempt in self._attempts() if attempt.overall is not None}
        assert self.scored <= scored
        self.scored = scored

    @invariant()
    def rating_never_changes(self) -> None:
        ratings = {k: a.self_rating for k, a in self._attempts() if a.self_rating is not None}
        assert self.ratings.items() <= ratings.items()
        self.ratings = ratings

    @invariant()
    def no_answer_is_judged_more_than_twice(self) -> None:
        assert all(len(attempt.judgements) <= 2 for _, attempt in self._attempts())

    @invariant()
    def end_is_noted_exactly_when_it_is_over(self) -> None:
        assert self.interview.is_over == (self.interview.finished_at is not None)

    def _attempts(self) -> list[tuple[tuple[int, int], Attempt]]:
        return [
            ((turn.position, attempt.number), attempt)
            for turn in self.interview.turns
            for attempt in turn.attempts
        ]


def _or_none(event: Callable[[], Interview]) -> Interview | None:
    try:
        return event()
    except InterviewError:
        return None


TestInterviewMachine = InterviewMachine.TestCase
TestInterviewMachine.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
