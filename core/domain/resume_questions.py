"""Questions about a resume: templates filled with what was read from it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from itertools import cycle
from random import Random

from core.domain.content import QuestionTemplate
from core.domain.interview_setup import Focus, InterviewSetup
from core.domain.profile import CandidateProfile
from core.domain.question import Kind, Origin, Question

MAX_HIGHLIGHT_CHARACTERS = 140

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_Facts = dict[tuple[str, ...], list[dict[str, str]]]


def resume_questions(
    setup: InterviewSetup,
    templates: Iterable[QuestionTemplate],
    profile: CandidateProfile,
    wanted: frozenset[str],
    random: Random,
) -> list[Question]:
    """Every question about this resume that suits the set-up, in an order of chance.

    Each fact is used once, the most recent and those of `wanted` names (lower-case) first.
    """
    suited = [template for template in templates if _suits(template.question, setup)]
    random.shuffle(suited)
    facts = _facts(profile, wanted)
    filled = (_filled(template, facts) for template in suited)
    return [question for question in filled if question is not None]


def _suits(question: Question, setup: InterviewSetup) -> bool:
    """Whether a resume question belongs to the focus and the seniority."""
    wanted = {Focus.TECHNICAL: Kind.TECHNICAL, Focus.BEHAVIORAL: Kind.BEHAVIORAL}
    fits_focus = setup.focus is Focus.MIXED or question.kind is wanted[setup.focus]
    return fits_focus and question.fits(setup.role_id, setup.seniority)


def _facts(profile: CandidateProfile, wanted: frozenset[str]) -> _Facts:
    """Values for each set of placeholders, the most recent and most wanted first; each used once."""
    jobs = [p for p in profile.positions if p.company and p.title]
    skills = sorted(
        (s.name for s in profile.skills if not s.is_soft),
        key=lambda name: name.lower() not in wanted,
    )
    highlights = [
        {"highlight": h.rstrip("."), "company": p.company}
        for p in jobs
        for h in p.highlights
        if len(h) <= MAX_HIGHLIGHT_CHARACTERS
    ]
    return {
        ("title", "company"): [{"title": p.title, "company": p.company} for p in jobs],
        ("company",): [{"company": p.company} for p in jobs],
        ("highlight", "company"): highlights,
        ("highlight",): [{"highlight": found["highlight"]} for found in highlights],
        ("project",): [{"project": p.name} for p in profile.projects if p.name],
        ("skill",): [{"skill": name} for name in skills[:8]],
        ("skill", "company"): [
            {"skill": s, "company": p.company}
            for s, p in zip(skills[:8], cycle(jobs), strict=False)
        ]
        if jobs
        else [],
    }


def _filled(template: QuestionTemplate, facts: _Facts) -> Question | None:
    """The template with the next unused facts; None when the resume does not have them."""
    key = next((k for k in facts if set(k) == set(template.needs)), None)
    if key is None or not facts[key]:
        return None
    values = facts[key].pop(0)
    question = template.question
    return replace(
        question,
        id=f"{question.id}:{_fingerprint(values)}",
        text=_insert(question.text, values),
        rephrased=_insert(question.rephrased, values),
        hint=_insert(question.hint, values),
        origin=Origin.RESUME,
    )


def _insert(text: str, values: dict[str, str]) -> str:
    """Placeholders replaced in one pass: braces in a candidate's text mean nothing."""
    return _PLACEHOLDER.sub(lambda found: values.get(found.group(1), found.group()), text)


def _fingerprint(values: dict[str, str]) -> str:
    """Tells the same fact again without saying it."""
    return sha256("\n".join(values.values()).encode()).hexdigest()[:12]
