"""The content, and what is read with it; made once a process."""

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from core.adapters.content_files import read_content, read_lexicon
from core.adapters.plain_text import plain_text
from core.adapters.practice_interviewer import PracticeInterviewer
from core.config import ROOT
from core.domain.content import Content
from core.domain.profile import CandidateProfile, Skill
from core.ports import Clock, LanguageModel

if TYPE_CHECKING:
    from core.adapters.ai_resume_reader import AIResumeReader
    from core.parsing.lexicon import SkillLexicon

DATA = ROOT / "data"


@cache
def all_content() -> Content:
    """Questions, roles, rubrics and companies."""
    return read_content(DATA)


@cache
def built_in() -> PracticeInterviewer:
    """One for all applications of the process: it remembers nothing but what it read."""
    return PracticeInterviewer(all_content(), DATA / "grader")


@cache
def lexicon() -> "SkillLexicon":
    """The known skills."""
    return read_lexicon(DATA)


def profile_of(content: Content, clock: Clock, text: str) -> CandidateProfile:
    """What the rules read in a resume's text."""
    from core.parsing.profile import read_profile

    return read_profile(text, lexicon(), content.roles, clock.now().date())


def with_role(content: Content, clock: Clock, profile: CandidateProfile) -> CandidateProfile:
    """The profile with the role that fits it."""
    from core.parsing.role import suggest_role

    role = suggest_role(profile, content.roles, clock.now().date())
    return replace(profile, suggested_role=role)


def find_skills(text: str) -> tuple[Skill, ...]:
    """The known skills in a text."""
    return lexicon().find(text)


def technologies(text: str) -> tuple[Skill, ...]:
    """The known technical skills in a text."""
    return tuple(skill for skill in lexicon().find(text) if not skill.is_soft)


def skill_names(text: str) -> frozenset[str]:
    """Their names."""
    return frozenset(skill.name for skill in technologies(text))


def resume_reader(content: Content, clock: Clock, model: LanguageModel) -> "AIResumeReader":
    """What reads a resume with a model, over what the rules read."""
    from core.adapters.ai_resume_reader import AIResumeReader

    return AIResumeReader(
        model,
        partial(profile_of, content, clock),
        partial(with_role, content, clock),
        plain_text,
        lambda: clock.now().date(),
    )
