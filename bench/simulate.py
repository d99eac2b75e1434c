"""Simulated candidates play whole interviews: `python -m bench.simulate --candidate mixed`.

Prints the path of each interview (question by question: difficulty, origin, competency, score), and over
all of them the scores, the questions that were repeated, and the competencies of the role that came.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from pydantic import SecretStr

from bench.candidates import MANNERS, Candidate, candidates
from core.bootstrap import Application, build
from core.config import AppMode, Settings
from core.domain.adaptivity import target_difficulty
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import Focus, InterviewSetup, Way
from core.domain.question import Origin, Seniority
from core.domain.turn import Turn
from core.services.accounts import LOCAL_CANDIDATE

WAIT_SECONDS = 60.0
_MARKS = {Origin.FOLLOW_UP: "+", Origin.RESUME: "r", Origin.OPENER: "o", Origin.CLOSING: "c"}


@dataclass(frozen=True, slots=True)
class Simulation:
    """Interviews of one simulated candidate, one after the other."""

    interviews: tuple[Interview, ...]
    role_competencies: tuple[str, ...]

    @property
    def scores(self) -> tuple[float, ...]:
        """The overall score of every judged answer, 0–100."""
        turns = (turn for interview in self.interviews for turn in interview.turns)
        return tuple(turn.overall for turn in turns if turn.overall is not None)

    @property
    def repeated(self) -> dict[str, int]:
        """How often each question of the bank was asked that was asked more than once."""
        counted = Counter(
            turn.question.id
            for interview in self.interviews
            for turn in interview.turns
            if turn.question.origin is Origin.BANK
        )
        return {key: count for key, count in counted.items() if count > 1}

    @property
    def coverage(self) -> dict[str, int]:
        """How many questions each competency of the role got."""
        asked = Counter(t.question.competency for i in self.interviews for t in i.turns)
        return {competency: asked[competency] for competency in self.role_competencies}


def simulate(app: Application, setup: InterviewSetup, manner: str, count: int) -> Simulation:
    """Let a candidate of that manner hold `count` interviews on the application's store."""
    made = candidates(manner)
    interviews = tuple(play(app, setup, next(made)) for _ in range(count))
    role = app.content.role_named(setup.role_title)
    return Simulation(interviews, role.competencies if role else ())


def play(app: Application, setup: InterviewSetup, candidate: Candidate) -> Interview:
    """One whole interview, judged."""
    interview = app.interviewing.start_interview(LOCAL_CANDIDATE, setup)
    while not interview.is_over:
        interview = _one_step(app, interview, candidate)
    return app.interviewing.wait_for_work(LOCAL_CANDIDATE, interview.id, WAIT_SECONDS)


def _one_step(app: Application, interview: Interview, candidate: Candidate) -> Interview:
    interviewing, position = app.interviewing, interview.current.position
    answer = candidate(interview.current)
    if answer is None:
        return interviewing.skip_question(LOCAL_CANDIDATE, interview.id, position)
    interviewing.submit_answer(LOCAL_CANDIDATE, interview.id, position, answer)
    judged = interviewing.wait_for_work(LOCAL_CANDIDATE, interview.id, WAIT_SECONDS)
    if judged.phase is Phase.FEEDBACK:
        return interviewing.next_question(LOCAL_CANDIDATE, interview.id, position)
    return judged


def path_of(interview: Interview) -> str:
    """An interview in one line: `3 databases 81 · 3+ databases 64 · 4 security skipped …`."""
    return " · ".join(_step(turn) for turn in interview.turns)


def _step(turn: Turn) -> str:
    question = turn.question
    mark = _MARKS.get(question.origin, "")
    result = "skipped" if turn.is_skipped else "-"
    if turn.overall is not None:
        result = f"{turn.overall:.0f}"
    return f"{question.difficulty}{mark} {question.competency} {result}"


def _print(simulation: Simulation) -> None:
    for interview in simulation.interviews:
        print(path_of(interview))
    scores = simulation.scores
    if scores:
        print(
            f"\nscores: mean {mean(scores):.0f}, lowest {min(scores):.0f}, highest {max(scores):.0f}"
        )
    print(f"difficulty aimed at in the end: {_listed(_ends(simulation.interviews))}")
    print(f"asked more than once: {_listed(simulation.repeated.items()) or 'none'}")
    print(f"questions per competency of the role: {_listed(simulation.coverage.items())}")


def _ends(interviews: Iterable[Interview]) -> list[tuple[int, int]]:
    ends = Counter(target_difficulty(i.turns, i.setup.seniority) for i in interviews)
    return sorted(ends.items())


def _listed(pairs: Iterable[tuple[object, int]]) -> str:
    return ", ".join(f"{key} ×{count}" for key, count in pairs)


def main() -> None:
    """Read the options, simulate in a folder of its own, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.simulate", description=__doc__)
    parser.add_argument("--candidate", choices=list(MANNERS), default="mixed")
    parser.add_argument("--interviews", type=int, default=20)
    parser.add_argument("--role", default="Backend Engineer")
    parser.add_argument("--seniority", type=Seniority, choices=list(Seniority), default="mid")
    parser.add_argument("--focus", type=Focus, choices=list(Focus), default=Focus.MIXED)
    parser.add_argument("--questions", type=int, default=8)
    parser.add_argument("--way", type=Way, choices=list(Way), default=Way.COACH)
    options = parser.parse_args()
    setup = InterviewSetup(
        role_title=options.role,
        seniority=options.seniority,
        focus=options.focus,
        length=options.questions,
        way=options.way,
    )
    with tempfile.TemporaryDirectory() as folder:
        app = build(
            Settings(app_mode=AppMode.LOCAL, data_dir=Path(folder), database_url=SecretStr(""))
        )
        _print(simulate(app, setup, options.candidate, options.interviews))


if __name__ == "__main__":
    main()
