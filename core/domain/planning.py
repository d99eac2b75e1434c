"""The built-in interviewer's plan: which questions, on which agenda. A pure rule with a seed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import cycle, islice
from random import Random

from core.domain.adaptivity import EASIEST, HARDEST, starting_difficulty
from core.domain.content import Content, QuestionTemplate
from core.domain.interview import Focus, InterviewPlan, InterviewSetup, Slot
from core.domain.profile import CandidateProfile
from core.domain.question import Kind, Origin, Question, Seniority

QUESTIONS_PER_SLOT = 3
"""A slot can be filled at the starting difficulty, harder and easier: the question follows the scores."""
MAX_HIGHLIGHT_CHARACTERS = 140
MAX_OWN_CHARACTERS = 500
OWN_COMPETENCY = "communication"
"""What an answer to a question of unknown subject shows in any case."""

_NO_WORD = re.compile(r"[^\w+#.]+|\.(?=\s|$)")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_PATTERNS = {
    # r: about the resume, t: technical, b: behavioral
    Focus.TECHNICAL: "rtttrtt",
    Focus.BEHAVIORAL: "rbbrb",
    Focus.MIXED: "rtbtrtb",
}


@dataclass(frozen=True, slots=True)
class Material:
    """What a plan is made from, besides the content.

    `wanted` are lower-case words that the resume or job description stresses (skills, tools); `asked`
    are ids of questions this candidate met before, which come last.
    """

    profile: CandidateProfile | None = None
    wanted: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()


def plan_interview(setup: InterviewSetup, content: Content, material: Material) -> InterviewPlan:
    """A plan for this set-up; the same seed and material give the same plan."""
    random = Random(setup.seed)  # noqa: S311 - variety, not secrecy
    bank = _ranked_bank(setup, content, material, random)
    technical = [q for q in bank if not q.is_about_conduct]
    behavioral = [q for q in bank if q.is_about_conduct]
    pools = {
        "r": _resume_questions(setup, content, material, random),
        "t": technical or behavioral,
        "b": behavioral,
    }
    used = {letter: pools[letter] for letter in set(_PATTERNS[setup.focus]) if pools[letter]}
    agenda = _agenda(setup, content, used, material.asked)
    pool = list(dict.fromkeys(q for letter in sorted(used) for q in used[letter]))
    chosen = _chosen(agenda, pool, setup, material)
    spare = [*pool, *_of_other_seniorities(setup, content, pool, random)]
    questions = _filled_up(chosen, spare, setup.length)
    return InterviewPlan(
        opener=content.opener,
        questions=questions,
        agenda=agenda,
        closing=content.closing,
        met=tuple(q.id for q in questions if q.id in material.asked),
    )


def _agenda(
    setup: InterviewSetup,
    content: Content,
    pools: dict[str, list[Question]],
    asked: frozenset[str],
) -> tuple[Slot, ...]:
    """One slot for each question after the opener, in the pattern of the focus.

    What earlier interviews asked least comes first, so that a few short ones cover everything too.
    """
    role = content.role(setup.role_id)
    order = {competency: n for n, competency in enumerate(role.competencies if role else ())}
    met = Counter(q.competency for q in content.questions if q.id in asked)
    competencies = {
        letter: cycle(_competencies(pool, order if letter == "t" else {}, met))
        for letter, pool in pools.items()
    }
    pattern = [letter for letter in _PATTERNS[setup.focus] if letter in pools]
    letters = islice(cycle(pattern), max(1, setup.length - 1))
    return tuple(Slot(next(competencies[letter]), letter == "r") for letter in letters)


def _competencies(pool: Sequence[Question], order: dict[str, int], met: Counter[str]) -> list[str]:
    """The pool's competencies: the role's own first, the least met before others, then by rank."""
    found = list(dict.fromkeys(question.competency for question in pool))
    last = len(order)
    return sorted(found, key=lambda c: (bool(order) and c not in order, met[c], order.get(c, last)))


def _chosen(
    agenda: Sequence[Slot], pool: Sequence[Question], setup: InterviewSetup, material: Material
) -> tuple[Question, ...]:
    """For each slot up to `QUESTIONS_PER_SLOT` questions: at the target, hard and easy."""
    chosen: dict[str, Question] = {}
    for slot in agenda:
        fitting = [
            q
            for q in pool
            if q.id not in chosen
            and q.competency == slot.competency
            and (q.origin is Origin.RESUME) == slot.is_about_resume
        ]
        for question in _spread(fitting, setup, material.asked):
            chosen[question.id] = question
    return tuple(chosen.values())


def _spread(
    fitting: Sequence[Question], setup: InterviewSetup, asked: frozenset[str]
) -> list[Question]:
    """New questions before known ones; at the starting difficulty, then a hard and an easy one."""
    picked: list[Question] = []
    for wanted in (starting_difficulty(setup.seniority), HARDEST, EASIEST):
        left = [q for q in fitting if q not in picked]
        if left:
            picked.append(min(left, key=lambda q: (q.id in asked, abs(q.difficulty - wanted))))
    return picked


def _filled_up(
    chosen: tuple[Question, ...], spare: Iterable[Question], length: int
) -> tuple[Question, ...]:
    """Enough questions that the interview does not run out of them before its length."""
    questions = {question.id: question for question in chosen}
    for question in spare:
        if len(questions) >= length + QUESTIONS_PER_SLOT:
            break
        questions.setdefault(question.id, question)
    return tuple(questions.values())


def _of_other_seniorities(
    setup: InterviewSetup, content: Content, pool: Sequence[Question], random: Random
) -> list[Question]:
    """Questions of the pool's sorts for this role at any seniority, the nearest difficulty first."""
    sorts = {q.is_about_conduct for q in pool if q.origin is Origin.BANK}
    found = [
        q for q in content.questions if q.fits_role(setup.role_id) and q.is_about_conduct in sorts
    ]
    random.shuffle(found)
    return sorted(found, key=lambda q: abs(q.difficulty - starting_difficulty(setup.seniority)))


def _ranked_bank(
    setup: InterviewSetup, content: Content, material: Material, random: Random
) -> list[Question]:
    """The bank's questions for role and seniority: new ones first, then the wanted, then by chance.

    Those of the next seniority up and down belong to it: scores may lead there.
    """
    levels = [s for s in Seniority if abs(s.rank - setup.seniority.rank) <= 1]
    fitting = [q for q in content.questions if any(q.fits(setup.role_id, s) for s in levels)]
    random.shuffle(fitting)
    return sorted(fitting, key=lambda q: (q.id in material.asked, -_relevance(q, material.wanted)))


def _relevance(question: Question, wanted: frozenset[str]) -> int:
    """How many wanted names stand in a question's text or topics, as whole words."""
    words = _NO_WORD.sub(" ", f"{question.text} {' '.join(question.topics)}".lower())
    return sum(f" {name} " in f" {words} " for name in wanted)


def _resume_questions(
    setup: InterviewSetup, content: Content, material: Material, random: Random
) -> list[Question]:
    if material.profile is None:
        return []
    templates = [t for t in content.templates if _suits(t.question, setup)]
    random.shuffle(templates)
    facts = _facts(material.profile, material.wanted)
    filled = (_filled(template, facts) for template in templates)
    found = [question for question in filled if question is not None]
    return sorted(found, key=lambda q: q.id in material.asked)


def _suits(question: Question, setup: InterviewSetup) -> bool:
    """Whether a resume question belongs to the focus and the seniority."""
    wanted = {Focus.TECHNICAL: Kind.TECHNICAL, Focus.BEHAVIORAL: Kind.BEHAVIORAL}
    fits_focus = setup.focus is Focus.MIXED or question.kind is wanted[setup.focus]
    return fits_focus and question.fits(setup.role_id, setup.seniority)


_Facts = dict[tuple[str, ...], list[dict[str, str]]]


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


def wanted_words(names: Iterable[str]) -> frozenset[str]:
    """Lower-case names of skills, as `Material.wanted` takes them."""
    return frozenset(name.lower() for name in names)


def with_own_questions(plan: InterviewPlan, texts: Iterable[str]) -> InterviewPlan:
    """The plan with the candidate's own questions, which come first of all."""
    own = tuple(dict.fromkeys(_own_question(text) for text in texts if text.strip()))
    return replace(plan, questions=(*own, *plan.questions)) if own else plan


def _own_question(text: str) -> Question:
    """A question that is known by its text alone: no key points, of middle difficulty."""
    text = " ".join(text.split())[:MAX_OWN_CHARACTERS]
    return Question(
        id=f"own-{sha256(text.encode()).hexdigest()[:12]}",
        text=text,
        kind=Kind.TECHNICAL,
        competency=OWN_COMPETENCY,
        difficulty=3,
        origin=Origin.OWN,
        intent="A question of your own.",
    )
