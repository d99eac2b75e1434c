"""What an interview may ask: more questions than it will, and the order of what to measure."""

from dataclasses import dataclass, replace

from core.domain.question import Origin, Question


@dataclass(frozen=True, slots=True)
class Slot:
    """One place on the agenda: what to measure, and whether by a question about the resume."""

    competency: str
    is_about_resume: bool = False


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A competency that the company looks for, and the sentence that says so."""

    competency: str
    sentence: str


@dataclass(frozen=True, slots=True)
class InterviewPlan:
    """More questions than will be asked, and the agenda: which competency to measure when.

    `met` are the ids of those questions that the candidate had in an earlier interview. `emphases` are
    the competencies that the company looks for. The questions of a plan that `is_fixed` are asked in
    their order, whatever the scores, and nothing else is.
    """

    opener: Question
    questions: tuple[Question, ...]
    agenda: tuple[Slot, ...]
    closing: Question
    met: tuple[str, ...] = ()
    emphases: tuple[Emphasis, ...] = ()
    is_fixed: bool = False

    def emphasis(self, competency: str) -> str:
        """What is said of a competency that the company looks for, empty for any other."""
        return next((e.sentence for e in self.emphases if e.competency == competency), "")

    def holds(self, question_id: str) -> bool:
        """Whether it is the opener, or one of the questions that may be asked after it."""
        return question_id in {question.id for question in (self.opener, *self.questions)}

    def with_opener(self, question: Question) -> "InterviewPlan":
        """With this question as the first one."""
        return replace(self, opener=replace(question, origin=Origin.OPENER))

    def with_question(self, question: Question) -> "InterviewPlan":
        """With one more question."""
        return replace(self, questions=(*self.questions, question))
