"""Reads our own content from YAML files and checks it against its schema.

A file that breaks the schema is refused with its name and what is wrong: content is part of the program,
and the tests read all of it.
"""

from collections.abc import Collection
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints
from pydantic.dataclasses import dataclass as checked

from core.adapters.company_files import read_companies
from core.adapters.deferred import Deferred
from core.adapters.yaml_files import STRICT, ContentError, read_file, read_rows
from core.domain.coaching import Advice
from core.domain.content import Content, QuestionTemplate, Sample
from core.domain.expectation import Expectations
from core.domain.interview_setup import Persona
from core.domain.question import FollowUp, KeyPoint, Kind, Origin, Question, Seniority, Signal
from core.domain.reaction import Acknowledgement, Lead, Phrases
from core.domain.role import Competency, RoleDefinition
from core.domain.rubric import HIGHEST_LEVEL, LOWEST_LEVEL, Criterion, Rubric

if TYPE_CHECKING:
    from core.parsing.lexicon import SkillLexicon

Level = Annotated[int, Field(ge=LOWEST_LEVEL, le=HIGHEST_LEVEL)]
_ExpectedLevel = Annotated[float, Field(ge=LOWEST_LEVEL, le=HIGHEST_LEVEL)]
Sentence = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n]+\.$")]


@checked(config=STRICT, frozen=True)
class _KeyPointRow:
    id: str
    text: str
    weight: int
    wordings: tuple[str, ...]
    signal: Signal | None = None


@checked(config=STRICT, frozen=True)
class _FollowUpRow:
    probes: str
    text: str


@checked(config=STRICT, frozen=True, kw_only=True)
class QuestionRow:
    """One question as it stands in a file."""

    id: str
    text: str
    rephrased: str
    kind: Kind
    competency: str
    topics: tuple[str, ...]
    roles: tuple[str, ...]
    seniority: tuple[Seniority, ...]
    difficulty: int
    intent: str
    hint: str
    key_points: tuple[_KeyPointRow, ...]
    reference_answer: str
    follow_ups: tuple[_FollowUpRow, ...]
    common_mistakes: tuple[str, ...]
    needs: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()

    def as_question(self, origin: Origin) -> Question:
        """The domain's value."""
        return Question(
            id=self.id,
            text=self.text,
            kind=self.kind,
            competency=self.competency,
            difficulty=self.difficulty,
            origin=origin,
            topics=self.topics,
            roles=self.roles,
            seniorities=self.seniority,
            intent=self.intent,
            rephrased=self.rephrased,
            hint=self.hint,
            key_points=tuple(
                KeyPoint(k.id, k.text, k.weight, k.wordings, k.signal) for k in self.key_points
            ),
            reference_answer=self.reference_answer,
            follow_ups=tuple(FollowUp(f.probes, f.text) for f in self.follow_ups),
            common_mistakes=self.common_mistakes,
            is_scored=origin is not Origin.CLOSING,
            alike=self.alike,
        )


@checked(config=STRICT, frozen=True)
class _CompetencyRow:
    title: str
    description: str


@checked(config=STRICT, frozen=True)
class _RoleRow:
    id: str
    title: str
    aliases: tuple[str, ...]
    competencies: tuple[str, ...]
    skills: tuple[str, ...]


@checked(config=STRICT, frozen=True)
class _RolesFile:
    competencies: dict[str, _CompetencyRow]
    roles: tuple[_RoleRow, ...]


@checked(config=STRICT, frozen=True)
class _RubricRow:
    weights: dict[Criterion, float]
    correctness: dict[int, str]
    completeness: dict[int, str]
    depth: dict[int, str]
    clarity: dict[int, str]
    communication: dict[int, str]


@checked(config=STRICT, frozen=True)
class _RubricsFile:
    kinds: dict[Kind, _RubricRow]


@checked(config=STRICT, frozen=True)
class _SkillRow:
    name: str
    aliases: tuple[str, ...] = ()
    context: bool = False


@checked(config=STRICT, frozen=True)
class _SkillsFile:
    category: str
    is_soft: bool
    skills: tuple[_SkillRow, ...]


@checked(config=STRICT, frozen=True)
class _SampleRow:
    id: str
    label: str
    text: str


_Wordings = Annotated[tuple[str, ...], Field(min_length=1)]


@checked(config=STRICT, frozen=True)
class _MannerRow:
    acknowledge: dict[Acknowledgement, _Wordings] = field(default_factory=dict)
    lead: dict[Lead, _Wordings] = field(default_factory=dict)


@checked(config=STRICT, frozen=True)
class _ReactionsFile:
    acknowledge: dict[Acknowledgement, _Wordings]
    lead: dict[Lead, _Wordings]
    manners: dict[Persona, _MannerRow]


@checked(config=STRICT, frozen=True)
class _AdviceRow:
    """One thing to do for each whole level."""

    correctness: dict[Level, Sentence]
    completeness: dict[Level, Sentence]
    depth: dict[Level, Sentence]
    clarity: dict[Level, Sentence]
    communication: dict[Level, Sentence]

    def __post_init__(self) -> None:
        for criterion in Criterion:
            if len(getattr(self, criterion.value)) < HIGHEST_LEVEL:
                message = f"{criterion} needs a sentence for each level"
                raise ValueError(message)


@checked(config=STRICT, frozen=True)
class _LevelsRow:
    correctness: _ExpectedLevel
    clarity: _ExpectedLevel
    communication: _ExpectedLevel
    depth: _ExpectedLevel
    completeness: _ExpectedLevel


@checked(config=STRICT, frozen=True)
class _ExpectationsFile:
    seniorities: dict[Seniority, _LevelsRow]
    roles: dict[str, dict[Criterion, Annotated[float, Field(ge=-2, le=2)]]]

    def __post_init__(self) -> None:
        missing = [seniority.value for seniority in Seniority if seniority not in self.seniorities]
        if missing:
            message = f"levels are missing for {', '.join(missing)}"
            raise ValueError(message)


def read_content(folder: Path) -> Content:
    """Questions, rubrics, roles and competencies from `folder`; ContentError where one is wrong.

    Questions are read when they are first needed: the first page needs none.
    """
    questions = folder / "questions"
    special = {"opener.yaml", "closing.yaml", "resume_templates.yaml"}
    bank = [p for p in sorted(questions.glob("*.yaml")) if p.name not in special]
    roles = read_file(folder / "roles.yaml", _RolesFile)
    return Content(
        questions=Deferred(
            lambda: tuple(q for path in bank for q in _questions(path, Origin.BANK))
        ),
        opener=_questions(questions / "opener.yaml", Origin.OPENER)[0],
        closing=_questions(questions / "closing.yaml", Origin.CLOSING)[0],
        templates=Deferred(lambda: _templates(questions / "resume_templates.yaml")),
        rubrics=_rubrics(folder / "rubrics.yaml"),
        roles=tuple(
            RoleDefinition(r.id, r.title, r.aliases, r.competencies, r.skills) for r in roles.roles
        ),
        competencies={
            key: Competency(key, row.title, row.description)
            for key, row in roles.competencies.items()
        },
        phrases=_phrases(folder / "reactions.yaml"),
        companies=read_companies(folder),
        advice=_advice(folder / "coaching.yaml"),
        expectations=_expectations(folder / "expectations.yaml", {r.id for r in roles.roles}),
    )


def read_lexicon(folder: Path) -> "SkillLexicon":
    """The skills lexicon from `folder`/skills; what looks names up in it is imported only then."""
    from core.parsing.lexicon import SkillEntry, SkillLexicon

    files = (read_file(path, _SkillsFile) for path in sorted((folder / "skills").glob("*.yaml")))
    return SkillLexicon.of(
        SkillEntry(
            name=row.name,
            category=file.category,
            is_soft=file.is_soft,
            aliases=row.aliases,
            needs_context=row.context,
        )
        for file in files
        for row in file.skills
    )


def read_samples(folder: Path) -> tuple[Sample, ...]:
    """The invented candidates from `folder`/samples.yaml."""
    rows = read_rows(folder / "samples.yaml", _SampleRow)
    return tuple(Sample(row.id, row.label, row.text) for row in rows)


def _questions(path: Path, origin: Origin) -> list[Question]:
    return [row.as_question(origin) for row in read_rows(path, QuestionRow)]


def _templates(path: Path) -> tuple[QuestionTemplate, ...]:
    rows = read_rows(path, QuestionRow)
    return tuple(QuestionTemplate(row.as_question(Origin.RESUME), row.needs) for row in rows)


def _rubrics(path: Path) -> dict[Kind, Rubric]:
    return {
        kind: Rubric(kind, row.weights, {c: getattr(row, c.value) for c in Criterion})
        for kind, row in read_file(path, _RubricsFile).kinds.items()
    }


def _advice(path: Path) -> Advice:
    row = read_file(path, _AdviceRow)
    return {criterion: getattr(row, criterion.value) for criterion in Criterion}


def _expectations(path: Path, role_ids: Collection[str]) -> Expectations:
    file = read_file(path, _ExpectationsFile)
    unknown = sorted(set(file.roles) - set(role_ids))
    if unknown:
        message = f"{path.name}: roles that are not in the catalogue: {', '.join(unknown)}"
        raise ContentError(message)
    levels = {
        seniority: {criterion: getattr(row, criterion.value) for criterion in Criterion}
        for seniority, row in file.seniorities.items()
    }
    return Expectations(levels, file.roles)


def _phrases(path: Path) -> Phrases:
    file = read_file(path, _ReactionsFile)
    manners = {persona: Phrases(m.acknowledge, m.lead) for persona, m in file.manners.items()}
    return Phrases(file.acknowledge, file.lead, manners)
