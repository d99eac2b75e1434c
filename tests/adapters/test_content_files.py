"""The schema, over our own content and over broken copies of it."""

import re
import shutil
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from core.adapters.content_files import read_content, read_lexicon, read_samples
from core.adapters.yaml_files import ContentError
from core.domain.question import EVERYONE, Kind, Origin, Question, Seniority
from core.domain.rubric import Criterion
from core.evaluation.text import content_stems
from tests.builders import DATA, real_content

_CONTENT = real_content()
_TEMPLATES = tuple(template.question for template in _CONTENT.templates)
_ALL = (*_CONTENT.questions, *_TEMPLATES, _CONTENT.opener, _CONTENT.closing)
_SCORED = tuple(question for question in _ALL if question.is_scored)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_PLACEHOLDERS = {"company", "title", "project", "skill", "highlight"}
_MOST_ALIKE = 0.5
"""The largest share of content words that two questions may have in common."""


def _ids(questions: list[Question]) -> list[str]:
    return [question.id for question in questions]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


# --- questions ----------------------------------------------------------------------------------


def test_bank_holds_at_least_80_questions() -> None:
    assert len(_CONTENT.questions) >= 80


def test_ids_are_unique_over_all_files() -> None:
    assert len({question.id for question in _ALL}) == len(_ALL)


def test_difficulties_run_from_1_to_5() -> None:
    assert _ids([q for q in _ALL if not 1 <= q.difficulty <= 5]) == []


def test_bank_has_questions_of_every_difficulty() -> None:
    assert {question.difficulty for question in _CONTENT.questions} == {1, 2, 3, 4, 5}


def test_every_competency_named_exists() -> None:
    assert _ids([q for q in _ALL if q.competency not in _CONTENT.competencies]) == []


def _read_all(folder: Path) -> None:
    """Read the content with the questions, which are read only when needed."""
    content = read_content(folder)
    assert content.questions
    assert content.templates


def test_every_role_named_exists() -> None:
    known = {EVERYONE, *(role.id for role in _CONTENT.roles)}
    assert _ids([q for q in _ALL if not set(q.roles) <= known]) == []


def test_every_question_named_as_alike_exists() -> None:
    known = {question.id for question in _ALL}
    assert _ids([q for q in _ALL if not set(q.alike) <= known]) == []


def test_every_question_names_roles_and_seniorities() -> None:
    assert _ids([q for q in _ALL if not (q.roles and q.seniorities)]) == []


def test_every_scored_question_has_key_points_and_a_reference_answer() -> None:
    assert _ids([q for q in _SCORED if not (q.key_points and q.reference_answer)]) == []


def test_key_points_of_a_question_have_ids_of_their_own() -> None:
    doubled = [q for q in _ALL if len({k.id for k in q.key_points}) < len(q.key_points)]
    assert _ids(doubled) == []


def test_key_points_weigh_1_to_3() -> None:
    wrong = [q for q in _ALL if not {k.weight for k in q.key_points} <= {1, 2, 3}]
    assert _ids(wrong) == []


def test_every_follow_up_probes_a_key_point_of_its_question() -> None:
    wrong = [
        q for q in _ALL if not {f.probes for f in q.follow_ups} <= {k.id for k in q.key_points}
    ]
    assert _ids(wrong) == []


def test_every_scored_question_has_a_follow_up_a_hint_and_other_words() -> None:
    lacking = [q for q in _SCORED if not (q.follow_ups and q.hint and q.rephrased and q.intent)]
    assert _ids(lacking) == []


def test_other_words_are_other_words() -> None:
    assert _ids([q for q in _ALL if q.rephrased == q.text]) == []


def test_no_two_questions_are_nearly_the_same() -> None:
    words = {q.id: frozenset(content_stems(_PLACEHOLDER.sub("", q.text))) for q in _ALL}
    alike = [
        pair
        for pair in combinations(words, 2)
        if _likeness(*(words[i] for i in pair)) > _MOST_ALIKE
    ]
    assert alike == []


def test_no_two_reference_answers_are_nearly_the_same() -> None:
    words = {q.id: frozenset(content_stems(q.reference_answer)) for q in _SCORED}
    alike = [
        pair
        for pair in combinations(words, 2)
        if _likeness(*(words[i] for i in pair)) > _MOST_ALIKE
    ]
    assert alike == []


def test_origins_follow_from_the_files() -> None:
    assert {question.origin for question in _CONTENT.questions} == {Origin.BANK}
    assert {question.origin for question in _TEMPLATES} == {Origin.RESUME}
    assert (_CONTENT.opener.origin, _CONTENT.closing.origin) == (Origin.OPENER, Origin.CLOSING)


def test_only_the_closing_question_is_unscored() -> None:
    assert [question.id for question in _ALL if not question.is_scored] == [_CONTENT.closing.id]


# --- how much there is --------------------------------------------------------------------------


def test_bank_has_400_questions() -> None:
    assert len(_CONTENT.questions) >= 400


def test_catalogue_has_16_roles() -> None:
    assert len(_CONTENT.roles) >= 16


@pytest.mark.parametrize("role_id", [role.id for role in _CONTENT.roles])
def test_role_has_20_questions_of_its_own_over_all_difficulties(role_id: str) -> None:
    difficulties = [q.difficulty for q in _CONTENT.questions if role_id in q.roles]
    assert len(difficulties) >= 20
    assert set(difficulties) == {1, 2, 3, 4, 5}


def test_everyone_can_be_asked_80_questions_about_conduct() -> None:
    assert sum(q.is_about_conduct for q in _CONTENT.questions) >= 80


def test_bank_has_20_system_design_questions() -> None:
    assert sum(q.kind is Kind.SYSTEM_DESIGN for q in _CONTENT.questions) >= 20


# --- templates ----------------------------------------------------------------------------------


def test_templates_name_the_placeholders_they_need() -> None:
    wrong = [
        template.question.id
        for template in _CONTENT.templates
        if set(_PLACEHOLDER.findall(template.question.text)) != set(template.needs)
    ]
    assert wrong == []


def test_templates_need_only_placeholders_that_a_resume_fills() -> None:
    assert {need for template in _CONTENT.templates for need in template.needs} <= _PLACEHOLDERS


def test_other_texts_of_a_template_use_no_other_placeholders() -> None:
    wrong = [
        template.question.id
        for template in _CONTENT.templates
        if not set(_PLACEHOLDER.findall(template.question.rephrased + template.question.hint))
        <= set(template.needs)
    ]
    assert wrong == []


def test_nothing_that_is_never_filled_has_a_placeholder() -> None:
    never_filled = {
        q.id: " ".join([q.intent, q.reference_answer, *(f.text for f in q.follow_ups)])
        for q in _TEMPLATES
    } | {q.id: f"{q.text} {q.rephrased} {q.hint}" for q in _CONTENT.questions}
    assert [key for key, text in never_filled.items() if _PLACEHOLDER.search(text)] == []


# --- rubrics, roles and the rest ----------------------------------------------------------------


def test_every_kind_has_a_rubric() -> None:
    assert set(_CONTENT.rubrics) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_weights_of_a_rubric_sum_to_1_over_all_criteria(kind: Kind) -> None:
    weights = _CONTENT.rubrics[kind].weights
    assert set(weights) == set(Criterion)
    assert sum(weights.values()) == pytest.approx(1)


@pytest.mark.parametrize("kind", Kind)
def test_levels_1_3_and_5_of_every_criterion_are_described(kind: Kind) -> None:
    descriptors = _CONTENT.rubrics[kind].descriptors
    assert {c: set(descriptors[c]) for c in Criterion} == {c: {1, 3, 5} for c in Criterion}


def test_every_competency_of_every_role_has_a_question() -> None:
    asked = {(role, q.competency) for q in _CONTENT.questions for role in q.roles}
    wanted = {(role.id, competency) for role in _CONTENT.roles for competency in role.competencies}
    assert wanted - asked == set()


def test_every_competency_of_a_role_exists() -> None:
    named = {competency for role in _CONTENT.roles for competency in role.competencies}
    assert named <= set(_CONTENT.competencies)


def test_every_competency_is_asked_about() -> None:
    assert set(_CONTENT.competencies) == {question.competency for question in _ALL}


@pytest.mark.parametrize("seniority", Seniority)
def test_every_role_has_questions_of_its_own_at_every_seniority(seniority: Seniority) -> None:
    fitting = {
        role.id
        for role in _CONTENT.roles
        for q in _CONTENT.questions
        if role.id in q.roles and q.fits(role.id, seniority)
    }
    assert fitting == {role.id for role in _CONTENT.roles}


def test_aliases_are_in_lower_case_and_lead_to_one_role() -> None:
    aliases = [alias for role in _CONTENT.roles for alias in role.aliases]
    assert aliases == [alias.lower() for alias in aliases]
    assert len(set(aliases)) == len(aliases)


def test_every_skill_of_a_role_is_in_the_lexicon() -> None:
    lexicon = read_lexicon(DATA)
    named = {skill for role in _CONTENT.roles for skill in role.skills}
    listed = ", ".join(sorted(named))
    assert named - {skill.name for skill in lexicon.find(f"Skills: {listed}")} == set()


def test_samples_are_resumes_with_ids_of_their_own() -> None:
    samples = read_samples(DATA)
    assert samples
    assert len({sample.id for sample in samples}) == len(samples)
    assert all(len(sample.text.splitlines()) > 10 for sample in samples)


# --- broken files -------------------------------------------------------------------------------


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of our content, to break."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_copy_of_the_content_reads_the_same(copied: Path) -> None:
    again = read_content(copied)
    assert tuple(again.questions) == tuple(_CONTENT.questions)
    assert tuple(again.templates) == tuple(_CONTENT.templates)
    assert (again.rubrics, again.roles) == (_CONTENT.rubrics, _CONTENT.roles)


@pytest.mark.parametrize(
    "name",
    [
        "roles.yaml",
        "rubrics.yaml",
        "questions/backend.yaml",
        "questions/opener.yaml",
        "questions/closing.yaml",
        "questions/resume_templates.yaml",
    ],
)
@pytest.mark.parametrize("broken", ["", "- [", "just: text", "- id: 7", "\t"])
def test_broken_file_is_refused_with_its_name(copied: Path, name: str, broken: str) -> None:
    (copied / name).write_text(broken)
    with pytest.raises(ContentError, match=Path(name).name):
        _read_all(copied)


@pytest.mark.parametrize("name", ["roles.yaml", "rubrics.yaml", "questions/opener.yaml"])
def test_missing_file_is_refused_with_its_name(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ContentError, match=Path(name).name):
        _read_all(copied)


def _change_first_question(folder: Path, **changes: object) -> None:
    path = folder / "questions" / "backend.yaml"
    rows = yaml.safe_load(path.read_text())
    rows[0] |= changes
    path.write_text(yaml.safe_dump(rows))


@pytest.mark.parametrize(
    "change",
    [
        {"difficulty": "hard"},
        {"kind": "trivia"},
        {"seniority": ["wizard"]},
        {"key_points": [{"id": "a", "text": "b"}]},
        {"text": None},
        {"colour": "red"},
    ],
)
def test_question_against_the_schema_is_refused_with_the_place(
    copied: Path, change: dict[str, object]
) -> None:
    _change_first_question(copied, **change)
    with pytest.raises(ContentError, match=rf"backend\.yaml(.|\n)*0\.(.|\n)*{next(iter(change))}"):
        _read_all(copied)


def test_question_of_our_own_is_read_from_a_new_file(copied: Path) -> None:
    row = yaml.safe_load((copied / "questions" / "backend.yaml").read_text())[0]
    added = row | {"id": "our-own-question"}
    (copied / "questions" / "ours.yaml").write_text(yaml.safe_dump([added]))
    assert "our-own-question" in {q.id for q in read_content(copied).questions}


def test_broken_lexicon_file_is_refused_with_its_name(copied: Path) -> None:
    (copied / "skills" / "cloud.yaml").write_text("category: Cloud")
    with pytest.raises(ContentError, match=r"cloud\.yaml"):
        read_lexicon(copied)


def test_broken_samples_are_refused_with_their_name(copied: Path) -> None:
    (copied / "samples.yaml").write_text("- id: only")
    with pytest.raises(ContentError, match=r"samples\.yaml"):
        read_samples(copied)
