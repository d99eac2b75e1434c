"""Our own content as values: the question bank, rubrics, roles and competencies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.domain.coaching import Advice
from core.domain.company import PASTED_ID, Company, company_from_job
from core.domain.expectation import Expectations
from core.domain.interview_setup import InterviewSetup
from core.domain.question import Kind, Question
from core.domain.reaction import Phrases
from core.domain.role import Competency, RoleDefinition
from core.domain.rubric import Rubric


@dataclass(frozen=True, slots=True)
class QuestionTemplate:
    """A question about the candidate's own resume, with {placeholders} named by `needs`.

    Placeholders: company, title, project, skill, highlight. They stand in text, rephrased and hint.
    """

    question: Question
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented candidate to try the product with: a name for the chip, and a resume as text."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything under `data/` that an interview is made of."""

    questions: Sequence[Question]
    opener: Question
    closing: Question
    templates: Sequence[QuestionTemplate]
    rubrics: Mapping[Kind, Rubric]
    roles: tuple[RoleDefinition, ...]
    competencies: Mapping[str, Competency]
    phrases: Phrases
    advice: Advice
    companies: tuple[Company, ...] = ()
    expectations: Expectations = field(default_factory=Expectations)

    def role(self, role_id: str) -> RoleDefinition | None:
        """The role of that id, None for one that is not in the catalogue."""
        return next((role for role in self.roles if role.id == role_id), None)

    def role_named(self, title: str) -> RoleDefinition | None:
        """The role whose title or alias this is, in any case; None when it is another one."""
        wanted = title.strip().lower()
        return next(
            (r for r in self.roles if wanted in (r.id, r.title.lower(), *r.aliases)),
            None,
        )

    def company(self, setup: InterviewSetup) -> Company | None:
        """Whose manner is practised; None for nobody's, and for a pack that is there no more."""
        if setup.company_id == PASTED_ID:
            return company_from_job("", setup.job_description, self.competencies)
        return next((c for c in self.companies if c.id == setup.company_id), None)

    def competency_title(self, competency_id: str) -> str:
        """How a competency is called for people; its id when it is not in the catalogue."""
        found = self.competencies.get(competency_id)
        return found.title if found else competency_id
