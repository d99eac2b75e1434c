"""Months of practice of an invented candidate, with ups and downs, as whole interviews.

The answers are parts of the bank's reference answers, more of them as the candidate gets better, and the
built-in evaluator judges them in earnest. Some interviews are marked as judged by `EXAMPLE_MODEL`, which
does not exist: their levels are the built-in evaluator's, moved at random, so that pages can be looked at.
Some are marked as spoken; nobody spoke them, and their measures are made up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import sin
from random import Random
from uuid import UUID

from core.bootstrap import Application
from core.domain.adaptivity import choose_next
from core.domain.delivery import Delivery
from core.domain.evaluation import CriterionJudgement, Evaluation
from core.domain.heard import Heard, Take
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import Focus, InterviewSetup, SpeechSetup, Way
from core.domain.interviewer_choice import BUILT_IN_CHOICE, InterviewerChoice
from core.domain.language_model import Provider
from core.domain.planning import Material
from core.domain.question import Seniority
from core.domain.scoring import clamped_level, level_of, overall_score, score_range
from core.domain.speech import Transcript
from core.domain.turn import Turn

EXAMPLE_MODEL = InterviewerChoice(Provider("compatible"), "example-model", "http://127.0.0.1:9/v1")
MODEL_SHARE = 0.25
REALISTIC_SHARE = 0.35
SPOKEN_SHARE = 0.3
MONTHS = 6
_MODEL_HALF_WIDTH = 9.0
_LOWEST_UNQUOTED = 2.0
_UNSURE = 0.35
_ROLES = (
    ("Backend Engineer", Seniority.MID),
    ("Backend Engineer", Seniority.SENIOR),
    ("Data Engineer", Seniority.MID),
    ("Full-Stack Engineer", Seniority.MID),
)
_TAGS = (("rehearsal",), ("evening",), (), (), ())
_OWN_WORDS = (
    "At my last job we had this with a table of 40 million rows.",
    "For example, that took us from 900 to 120 milliseconds.",
    "I would start small, because guesses cost time.",
    "In the end the team kept it that way.",
)
_VAGUE = "I am not quite sure about the rest, it probably depends."


@dataclass(frozen=True, slots=True)
class InventedCandidate:
    """Who practises: the same seed practises the same way."""

    app: Application
    random: Random = field(default_factory=lambda: Random(20))
    voice: Random = field(default_factory=lambda: Random(21))
    lengths: tuple[int, ...] = (4, 5, 6, 8)

    def interviews(self, count: int, until: datetime) -> Iterator[Interview]:
        """`count` finished interviews over six months before `until`, the oldest first."""
        asked: set[str] = set()
        for number in range(count):
            progress = (number + 1) / count
            days = MONTHS * 30 * (1 - progress) + self.random.uniform(0, 2)
            hour = timedelta(hours=self.random.choice((0, 1, 2, 10, 11, 12)))
            interview = self._interview(progress, until - timedelta(days=days) - hour, asked)
            asked |= {turn.question.id for turn in interview.turns}
            yield interview

    def _interview(self, progress: float, begun: datetime, asked: set[str]) -> Interview:
        setup = self._setup()
        met = frozenset(sorted(asked)[::2])  # every second one is new to them again
        plan = self.app.interviewing.plan(setup, Material(asked=met))
        chosen = EXAMPLE_MODEL if self.random.random() < MODEL_SHARE else InterviewerChoice()
        interview = Interview(
            UUID(int=self.random.getrandbits(128), version=4),
            setup,
            plan,
            begun,
            interviewer=chosen,
            tags=self.random.choice(_TAGS),
        ).start("Interviews open with this.", begun)
        if self.voice.random() < SPOKEN_SHARE:
            interview = replace(interview, setup=replace(setup, speech=SpeechSetup(is_spoken=True)))
        while not interview.is_over:
            interview = self._one_step(interview, progress)
        # The model is asked for nothing more: what it judged stays marked with its name.
        return interview.switch_interviewer(BUILT_IN_CHOICE)

    def _setup(self) -> InterviewSetup:
        title, seniority = self.random.choice(_ROLES)
        way = Way.REALISTIC if self.random.random() < REALISTIC_SHARE else Way.COACH
        role = self.app.content.role_named(title)
        return InterviewSetup(
            role_title=title,
            seniority=seniority,
            role_id=role.id if role else "",
            focus=self.random.choice((Focus.MIXED, Focus.MIXED, Focus.TECHNICAL, Focus.BEHAVIORAL)),
            length=self.random.choice(self.lengths),
            seed=self.random.randrange(1, 2**31),
            way=way,
            is_self_rated=way is Way.COACH,
        )

    def _one_step(self, interview: Interview, progress: float) -> Interview:
        """One question: answered and judged, or skipped, perhaps tried again, then the next one."""
        turn = interview.current
        now = turn.asked_at + timedelta(seconds=self.random.uniform(45, 210))
        if self.random.random() < 0.05 or not turn.question.is_scored:
            interview = interview.skip(turn.position)
        else:
            interview = self._answered(interview, self._skill(turn, progress), now)
        if interview.phase is Phase.FEEDBACK and self._tries_again(interview.current):
            now += timedelta(minutes=3)
            interview = self._answered(
                interview.try_again(), self._skill(turn, progress) + 0.12, now
            )
        if interview.phase is Phase.FEEDBACK:
            interview = interview.continue_()
        choice = choose_next(interview)
        if choice is None:
            return interview.finish(now)
        return interview.ask(choice.question, choice.reason, now + timedelta(seconds=40))

    def _skill(self, turn: Turn, progress: float) -> float:
        """0–1: it grows, dips in the middle, and differs by competency and by day."""
        own = (sum(turn.question.competency.encode()) % 7 - 3) / 20
        dip = 0.08 * sin(9 * progress)
        noise = self.random.gauss(0, 0.12)
        return 0.25 + 0.5 * progress + own + dip + noise - 0.05 * turn.question.difficulty

    def _answered(self, interview: Interview, skill: float, now: datetime) -> Interview:
        turn = interview.current
        answer = self._answer(turn, skill)
        if interview.setup.speech.is_spoken:
            interview = interview.record_take(turn.position, self._take(answer, skill))
        interview = interview.submit_answer(turn.position, answer, now)
        number = len(interview.current.attempts)
        judged = self._judged(interview, answer)
        if interview.setup.is_self_rated and judged.overall and self.random.random() < 0.7:
            felt = level_of(judged.overall.score) + self.random.gauss(0.9 - skill, 0.7)
            interview = interview.rate_self(turn.position, number, round(clamped_level(felt)))
        return interview.record_evaluation(turn.position, number, judged)

    def _take(self, answer: str, skill: float) -> Take:
        """The answer as if it had been spoken: calmer and with fewer fillers, the better it is known."""
        words = len(answer.split())
        pace = 205 - 70 * skill + self.voice.gauss(0, 9)
        seconds = words * 60 / pace
        delivery = Delivery(
            seconds=seconds * 1.2,
            speech_seconds=seconds,
            word_count=words,
            words_per_minute=pace,
            fillers_per_minute=max(0.0, 11 - 11 * skill + self.voice.gauss(0, 1.5)),
        )
        transcript = Transcript(answer, "An invented transcriber", fillers_reliable=True)
        heard = Heard(transcript, delivery)
        return Take(UUID(int=self.voice.getrandbits(128), version=4), heard)

    def _answer(self, turn: Turn, skill: float) -> str:
        """The first part of a good answer, as large as the skill, with a few words of their own."""
        question = turn.question
        good = question.reference_answer or " ".join(k.text for k in question.key_points)
        said = [part.rstrip(".") + "." for part in good.split(". ") if part]
        known = said[: max(1, round(len(said) * min(1.0, max(0.05, skill))))]
        if skill < _UNSURE:  # begins each sentence and loses its end
            known = [f"{' '.join(part.split()[: 3 + int(20 * max(skill, 0))])}." for part in known]
        own = self.random.sample(_OWN_WORDS, k=1) if skill > _UNSURE else [_VAGUE]
        return " ".join([*known, *own])

    def _tries_again(self, turn: Turn) -> bool:
        is_weak = turn.overall is not None and turn.overall < 55
        return is_weak and len(turn.attempts) < 3 and self.random.random() < 0.6

    def _judged(self, interview: Interview, answer: str) -> Evaluation:
        judged = self.app.interviewing.glance(interview.current.question, answer)
        if interview.interviewer.is_built_in or judged.overall is None:
            return judged
        criteria = tuple(self._moved(judgement) for judgement in judged.criteria)
        weights = self.app.content.rubrics[interview.current.question.kind].weights
        score = overall_score(criteria, weights)
        return replace(
            judged,
            evaluator=interview.interviewer.name,
            version="invented",
            criteria=criteria,
            overall=None if score is None else score_range(score, _MODEL_HALF_WIDTH),
        )

    def _moved(self, judgement: CriterionJudgement) -> CriterionJudgement:
        """A whole level, as models give them; a level without a quote stays low."""
        if judgement.level is None:
            return judgement
        level = float(round(clamped_level(judgement.level + self.random.gauss(0.4, 0.5))))
        if not judgement.evidence_indexes:
            level = min(level, _LOWEST_UNQUOTED)
        return replace(judgement, level=level)
