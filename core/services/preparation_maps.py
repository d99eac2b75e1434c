"""The use cases of preparing for one interview: keep what it asks for, and map it to what there is to show."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from core.domain.content import Content
from core.domain.errors import InvalidInputError
from core.domain.preparation import (
    MOST_PREPARATIONS,
    AnswerEvidence,
    GivenAnswer,
    Preparation,
    PreparationPlan,
    Requirement,
    around,
    checked_preparation,
    plan_until,
    required,
)
from core.domain.profile import Position, Project, Skill, Span
from core.domain.resume import Resume
from core.learning_ports import AnswerTexts, PreparationStore
from core.ports import Clock, InterviewStore

MOST_ANSWERS = 200
"""So many of the newest judged answers are looked at."""
MOST_RESUME_WORDS = 2
"""Places of the resume that are shown for one requirement."""
_OPENING = Span(0, 0)


@dataclass(frozen=True, slots=True)
class PreparationMap:
    """What one interview asks for, what there is to show, and the plan as of today."""

    preparation: Preparation
    requirements: tuple[Requirement, ...]
    plan: PreparationPlan
    has_resume: bool


@dataclass(frozen=True, slots=True)
class PreparationMaps:
    """A candidate's interviews to come. Maps are computed anew each time; no model is asked.

    `find` names the skills of a text with their places.
    """

    preparations: PreparationStore
    store: InterviewStore
    answers: AnswerTexts
    find: Callable[[str], tuple[Skill, ...]]
    content: Content
    clock: Clock

    def of(self, user_id: UUID) -> tuple[Preparation, ...]:
        """The candidate's interviews to come, and past ones, by their day."""
        return self.preparations.preparations(user_id)

    def add(
        self, user_id: UUID, title: str, job_description: str, interview_on: date
    ) -> Preparation:
        """Keep a new one; InvalidInputError where something is out of bounds."""
        if len(self.of(user_id)) >= MOST_PREPARATIONS:
            raise InvalidInputError(
                "preparations",
                f"There are {MOST_PREPARATIONS} preparations already. Delete one that is over.",
            )
        now = self.clock.now()
        made = Preparation(uuid4(), title, job_description, interview_on, now)
        made = checked_preparation(made, now.date())
        self.preparations.save_preparation(user_id, made)
        return made

    def change(self, user_id: UUID, preparation: Preparation) -> Preparation:
        """Keep a changed one in place of what was there; a day that is past may stay as it was."""
        today = min(self.clock.now().date(), preparation.interview_on)
        checked = checked_preparation(preparation, today)
        self.preparations.save_preparation(user_id, checked)
        return checked

    def delete(self, user_id: UUID, preparation_id: UUID) -> None:
        """Delete one; harmless when it is gone."""
        self.preparations.delete_preparation(user_id, preparation_id)

    def map_of(self, user_id: UUID, preparation: Preparation) -> PreparationMap:
        """The requirements with their evidence, and the plan for the days that are left. Two queries."""
        resume = self.store.latest_resume(user_id)
        job = preparation.job_description
        wanted = required(job, self.find(job))
        if resume:
            wanted = tuple(replace(r, resume=_in_resume(r.name, resume)) for r in wanted)
        wanted = self._answered(wanted, self.answers.judged(user_id, MOST_ANSWERS))
        plan = plan_until(preparation.interview_on, self.clock.now().date(), wanted)
        return PreparationMap(preparation, wanted, plan, resume is not None)

    def _answered(
        self, wanted: Iterable[Requirement], answers: tuple[GivenAnswer, ...]
    ) -> tuple[Requirement, ...]:
        """The requirements with the best answer on each, else the newest that names it."""
        best: dict[str, AnswerEvidence] = {}
        for answer in answers:  # the newest first
            named = {skill.name: skill.spans[0] for skill in self.find(answer.text) if skill.spans}
            asked = self._asked_for(answer.question)
            for name in asked | named.keys():
                evidence = _evidence(answer, named.get(name), is_asked=name in asked)
                if name not in best or _is_better(evidence, best[name]):
                    best[name] = evidence
        return tuple(replace(r, answer=best.get(r.name)) for r in wanted)

    def _asked_for(self, question: str) -> frozenset[str]:
        """The skills that a question is about, by its words and, where it is the bank's, its topics."""
        known = next((q for q in self.content.questions if q.text == question), None)
        about = [question]
        if known:
            about += [*known.topics, self.content.competency_title(known.competency)]
        return frozenset(skill.name for skill in self.find("\n".join(about)))


def _evidence(answer: GivenAnswer, span: Span | None, *, is_asked: bool) -> AnswerEvidence:
    return AnswerEvidence(answer, around(answer.text, span or _OPENING), is_asked)


def _is_better(new: AnswerEvidence, old: AnswerEvidence) -> bool:
    """An answer to a question about it before one that names it; of those asked the higher score."""
    if new.is_asked != old.is_asked:
        return new.is_asked
    return new.is_asked and new.answer.score > old.answer.score


def _in_resume(name: str, resume: Resume) -> tuple[str, ...]:
    """What the resume says of a skill: first what was done with it, then where it is listed."""
    claimed = next((s for s in resume.profile.skills if s.name.lower() == name.lower()), None)
    if claimed is None:
        return ()
    spans = sorted(claimed.spans, key=lambda span: not _is_work(span, resume))
    words = dict.fromkeys(around(resume.document.text, span) for span in spans)
    return tuple(words)[:MOST_RESUME_WORDS] or (claimed.name,)


def _is_work(span: Span, resume: Resume) -> bool:
    entries: tuple[Position | Project, ...] = (*resume.profile.positions, *resume.profile.projects)
    return any(entry.span and entry.span.overlaps(span) for entry in entries)
