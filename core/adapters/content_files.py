"""Reads our own content from YAML files and checks it against its schema.

A file that breaks the schema is refused with its name and what is wrong: content is part of the program,
and the tests read all of it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from core.adapters.deferred import Deferred
from core.domain.coaching import Advice
from core.domain.content import Content, QuestionTemplate, Sample
from core.domain.question import FollowUp, KeyPoint, Kind, Origin, Question, Seniority, Signal
from core.domain.reaction import Acknowledgement, Lead, Phrases
from core.domain.role import Competency, RoleDefinition
from core.domain.rubric import HIGHEST_LEVEL, LOWEST_LEVEL, Criterion, Rubric
from core.parsing.lexicon import SkillEntry, SkillLexicon

_T = TypeVar("_T")
Level = Annotated[int, Field(ge=LOWEST_LEVEL, le=HIGHEST_LEVEL)]
Sentence = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n]+\.$")]
_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ContentError(RuntimeError):
    """A content file does not fit its schema; the message names file and place."""


@checked(config=_STRICT, frozen=True)
class _KeyPointRow:
    id: str
    text: str
    weight: int
    wordings: tuple[str, ...]
    signal: Signal | None = None


@checked(config=_STRICT, frozen=True)
class _FollowUpRow:
    probes: str
    text: str


@checked(config=_STRICT, frozen=True, kw_only=True)
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
        )


@checked(config=_STRICT, frozen=True)
class _CompetencyRow:
    title: str
    description: str


@checked(config=_STRICT, frozen=True)
class _RoleRow:
    id: str
    title: str
    aliases: tuple[str, ...]
    competencies: tuple[str, ...]
    skills: tuple[str, ...]


@checked(config=_STRICT, frozen=True)
class _RolesFile:
    competencies: dict[str, _CompetencyRow]
    roles: tuple[_RoleRow, ...]


@checked(config=_STRICT, frozen=True)
class _RubricRow:
    weights: dict[Criterion, float]
    correctness: dict[int, str]
    completeness: dict[int, str]
    depth: dict[int, str]
    clarity: dict[int, str]
    communication: dict[int, str]


@checked(config=_STRICT, frozen=True)
class _RubricsFile:
    kinds: dict[Kind, _RubricRow]


@checked(config=_STRICT, frozen=True)
class _SkillRow:
    name: str
    aliases: tuple[str, ...] = ()
    context: bool = False


@checked(config=_STRICT, frozen=True)
class _SkillsFile:
    category: str
    is_soft: bool
    skills: tuple[_SkillRow, ...]


@checked(config=_STRICT, frozen=True)
class _SampleRow:
    id: str
    label: str
    text: str


@checked(config=_STRICT, frozen=True)
class _ReactionsFile:
    acknowledge: dict[Acknowledgement, tuple[str, ...]]
    lead: dict[Lead, tuple[str, ...]]


@checked(config=_STRICT, frozen=True)
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


def read_content(folder: Path) -> Content:
    """Questions, rubrics, roles and competencies from `folder`; ContentError where one is wrong.

    Questions are read when they are first needed: the first page needs none.
    """
    questions = folder / "questions"
    special = {"opener.yaml", "closing.yaml", "resume_templates.yaml"}
    bank = [p for p in sorted(questions.glob("*.yaml")) if p.name not in special]
    roles = _read(folder / "roles.yaml", _RolesFile)
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
        advice=_advice(folder / "coaching.yaml"),
    )


def read_lexicon(folder: Path) -> SkillLexicon:
    """The skills lexicon from `folder`/skills."""
    files = (_read(path, _SkillsFile) for path in sorted((folder / "skills").glob("*.yaml")))
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
    rows = _read_list(folder / "samples.yaml", _SampleRow)
    return tuple(Sample(row.id, row.label, row.text) for row in rows)


def _questions(path: Path, origin: Origin) -> list[Question]:
    return [row.as_question(origin) for row in _read_list(path, QuestionRow)]


def _templates(path: Path) -> tuple[QuestionTemplate, ...]:
    rows = _read_list(path, QuestionRow)
    return tuple(QuestionTemplate(row.as_question(Origin.RESUME), row.needs) for row in rows)


def _rubrics(path: Path) -> dict[Kind, Rubric]:
    return {
        kind: Rubric(kind, row.weights, {c: getattr(row, c.value) for c in Criterion})
        for kind, row in _read(path, _RubricsFile).kinds.items()
    }


def _advice(path: Path) -> Advice:
    row = _read(path, _AdviceRow)
    return {criterion: getattr(row, criterion.value) for criterion in Criterion}


def _phrases(path: Path) -> Phrases:
    file = _read(path, _ReactionsFile)
    return Phrases(file.acknowledge, file.lead)


def _read(path: Path, schema: type[_T]) -> _T:
    return _load(path, TypeAdapter(schema).validate_python)


def _read_list(path: Path, schema: type[_T]) -> list[_T]:
    return _load(path, TypeAdapter(list[schema]).validate_python)  # type: ignore[valid-type]


def _load(path: Path, validate: Callable[[Any], _T]) -> _T:
    try:
        return validate(yaml.load(path.read_text("utf-8"), _Loader))  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValidationError, OSError) as error:
        message = f"{path.name} does not fit its schema: {error}"
        raise ContentError(message) from error


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
