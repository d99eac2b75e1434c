"""The built-in interviewer's plan: which questions, on which agenda. A pure rule with a seed."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random

from core.domain.adaptivity import EASIEST, HARDEST, starting_difficulty
from core.domain.company import Company
from core.domain.content import Content
from core.domain.interview_plan import Emphasis, InterviewPlan, Slot
from core.domain.interview_setup import Focus, InterviewSetup
from core.domain.profile import CandidateProfile
from core.domain.question import Origin, Question, Seniority
from core.domain.resume_questions import resume_questions

QUESTIONS_PER_SLOT = 3
"""A slot can be filled at the starting difficulty, harder and easier: the question follows the scores."""

_NO_WORD = re.compile(r"[^\w+#.]+|\.(?=\s|$)")
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


def wanted_words(names: Iterable[str]) -> frozenset[str]:
    """Lower-case names of skills, as `Material.wanted` takes them."""
    return frozenset(name.lower() for name in names)


Alike = Callable[[Question, Question], bool]
"""Whether two questions are about the same in other words, so that one interview asks one of them."""


def are_marked_alike(one: Question, other: Question) -> bool:
    """Whether one of them names the other."""
    return one.id in other.alike or other.id in one.alike


def plan_interview(
    setup: InterviewSetup,
    content: Content,
    material: Material,
    are_alike: Alike = are_marked_alike,
) -> InterviewPlan:
    """A plan for this set-up; the same seed and material give the same plan.

    What the company looks for comes first, within what role and focus ask.
    """
    random = Random(setup.seed)  # noqa: S311 - variety, not secrecy
    company = content.company(setup)
    wishes = {key: n for n, key in enumerate(company.looked_for)} if company else {}
    bank = _ranked_bank(setup, content, material, random, wishes)
    technical = [q for q in bank if not q.is_about_conduct]
    behavioral = [q for q in bank if q.is_about_conduct]
    pools = {
        "r": _resume_questions(setup, content, material, random),
        "t": technical or behavioral,
        "b": behavioral,
    }
    used = {letter: pools[letter] for letter in set(_PATTERNS[setup.focus]) if pools[letter]}
    agenda = _agenda(setup, content, used, material.asked, wishes)
    pool = list(dict.fromkeys(q for letter in sorted(used) for q in used[letter]))
    chosen = _chosen(agenda, pool, setup, material, are_alike)
    spare = [*pool, *_of_other_seniorities(setup, content, pool, random)]
    questions = _filled_up(chosen, spare, setup.length, are_alike)
    return InterviewPlan(
        opener=content.opener,
        questions=questions,
        agenda=_with_questions(agenda, questions),
        closing=content.closing,
        met=tuple(q.id for q in questions if q.id in material.asked),
        emphases=_emphases(company, content, questions),
    )


def _emphases(
    company: Company | None, content: Content, questions: Iterable[Question]
) -> tuple[Emphasis, ...]:
    """The planned competencies that the company looks for."""
    if company is None:
        return ()
    planned = {question.competency for question in questions}
    return tuple(
        Emphasis(key, company.emphasis(content.competency_title(key)))
        for key in company.looked_for
        if key in planned
    )


def _agenda(
    setup: InterviewSetup,
    content: Content,
    pools: dict[str, list[Question]],
    asked: frozenset[str],
    wishes: dict[str, int],
) -> tuple[Slot, ...]:
    """One slot for each question after the opener, in the pattern of the focus.

    What the company wishes comes first, and what earlier interviews asked least before the rest, so that
    a few short ones cover everything too.
    """
    role = content.role(setup.role_id)
    order = {competency: n for n, competency in enumerate(role.competencies if role else ())}
    met = Counter(q.competency for q in content.questions if q.id in asked)
    competencies = {
        letter: cycle(_competencies(pool, order if letter == "t" else {}, met, wishes))
        for letter, pool in pools.items()
    }
    pattern = [letter for letter in _PATTERNS[setup.focus] if letter in pools]
    letters = islice(cycle(pattern), max(1, setup.length - 1))
    return tuple(Slot(next(competencies[letter]), letter == "r") for letter in letters)


def _competencies(
    pool: Sequence[Question], order: dict[str, int], met: Counter[str], wishes: dict[str, int]
) -> list[str]:
    """The pool's competencies: the role's own first, of those the wished, of those the least met."""

    def rank(competency: str) -> tuple[bool, bool, int, int, int]:
        wish = wishes.get(competency, len(wishes))
        place = order.get(competency, len(order))
        is_strange = bool(order) and competency not in order
        return is_strange, competency not in wishes, met[competency], wish, place

    return sorted(dict.fromkeys(question.competency for question in pool), key=rank)


def _chosen(
    agenda: Sequence[Slot],
    pool: Sequence[Question],
    setup: InterviewSetup,
    material: Material,
    are_alike: Alike,
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
        for question in _spread(fitting, setup, material.asked, are_alike, chosen.values()):
            chosen[question.id] = question
    return tuple(chosen.values())


def _with_questions(agenda: Sequence[Slot], questions: Sequence[Question]) -> tuple[Slot, ...]:
    """The agenda, other slots again in place of those whose only questions are like planned ones."""
    planned = {question.competency for question in questions}
    kept = [slot for slot in agenda if slot.competency in planned]
    others = cycle(kept)
    return (
        tuple(slot if slot in kept else next(others) for slot in agenda) if kept else tuple(agenda)
    )


def _spread(
    fitting: Sequence[Question],
    setup: InterviewSetup,
    asked: frozenset[str],
    are_alike: Alike,
    chosen: Collection[Question],
) -> list[Question]:
    """New questions before known ones; at the starting difficulty, then a hard and an easy one."""
    picked: list[Question] = []
    left = [q for q in fitting if not any(are_alike(q, c) for c in chosen)]
    for wanted in (starting_difficulty(setup.seniority), HARDEST, EASIEST):
        if left:
            best = min(left, key=lambda q: (q.id in asked, abs(q.difficulty - wanted)))
            picked.append(best)
            left = [q for q in left if q is not best and not are_alike(q, best)]
    return picked


def _filled_up(
    chosen: tuple[Question, ...], spare: Iterable[Question], length: int, are_alike: Alike
) -> tuple[Question, ...]:
    """Enough questions that the interview does not run out of them before its length."""
    questions = {question.id: question for question in chosen}
    for question in spare:
        if len(questions) >= length + QUESTIONS_PER_SLOT:
            break
        if not any(are_alike(question, taken) for taken in questions.values()):
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
    setup: InterviewSetup,
    content: Content,
    material: Material,
    random: Random,
    wishes: dict[str, int],
) -> list[Question]:
    """The bank's questions for role and seniority: new ones, the company's, the wanted, then by chance.

    Those of the next seniority up and down belong to it: scores may lead there.
    """
    levels = [s for s in Seniority if abs(s.rank - setup.seniority.rank) <= 1]
    fitting = [q for q in content.questions if any(q.fits(setup.role_id, s) for s in levels)]
    random.shuffle(fitting)

    def rank(question: Question) -> tuple[bool, int, int]:
        wish = wishes.get(question.competency, len(wishes))
        return question.id in material.asked, wish, -_relevance(question, material.wanted)

    return sorted(fitting, key=rank)


def _relevance(question: Question, wanted: frozenset[str]) -> int:
    """How many wanted names stand in a question's text or topics, as whole words."""
    words = _NO_WORD.sub(" ", f"{question.text} {' '.join(question.topics)}".lower())
    return sum(f" {name} " in f" {words} " for name in wanted)


def _resume_questions(
    setup: InterviewSetup, content: Content, material: Material, random: Random
) -> list[Question]:
    """What can be asked about the resume, new questions first; nothing without one."""
    if material.profile is None:
        return []
    found = resume_questions(setup, content.templates, material.profile, material.wanted, random)
    return sorted(found, key=lambda q: q.id in material.asked)
