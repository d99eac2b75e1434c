"""What somebody invented brings to an interview: a resume, a job description, an answer, of usual lengths."""

from core.adapters.counted_usage import CHARACTERS_PER_TOKEN
from core.domain.profile import CandidateProfile, Education, PartialDate, Position, Project, Skill

RESUME_TOKENS = 1_500
JOB_TOKENS = 700
ANSWER_TOKENS = 260

_HIGHLIGHT = (
    "Rebuilt the part {n} of the ordering system in small steps, which cut its failures from {n}0 to "
    "{n} a month and let three teams release on their own days instead of one."
)
_ANSWER = (
    "I would first look where the time goes, because guessing costs more than measuring. In my last "
    "job a page became slow after the table had grown, so I read the plan and saw a full scan. "
)
_JOB = (
    "You will look after the services that take our orders, together with four colleagues. We want "
    "someone who measures before changing things and who can explain a choice to people outside. "
)


def invented_profile() -> CandidateProfile:
    """An invented career whose digest is about as long as its resume."""
    return CandidateProfile(
        positions=tuple(
            Position(
                "Backend Engineer",
                f"Quillhaven Foods {n}",
                PartialDate(2024 - 2 * n, 3),
                PartialDate(2026 - 2 * n, 2),
                highlights=tuple(_HIGHLIGHT.format(n=n + k) for k in range(1, 8)),
            )
            for n in range(4)
        ),
        projects=(Project("Tidewatch", "Tells sailors when a harbour falls dry.", ("Free.",)),),
        education=(Education("Tarnwell University", "B.Sc. Computer Science", PartialDate(2014)),),
        skills=tuple(Skill(f"Technology {n}") for n in range(25)),
    )


def resume_text() -> str:
    """What the resume of that career says."""
    highlights = [h for position in invented_profile().positions for h in position.highlights]
    return _filled("\n".join(highlights), RESUME_TOKENS)


def job_description() -> str:
    """What an advertisement says."""
    return _filled(_JOB, JOB_TOKENS)


def answer_text() -> str:
    """What is answered, whatever the question."""
    return _filled(_ANSWER, ANSWER_TOKENS)


def _filled(text: str, tokens: int) -> str:
    """The text, repeated and cut to so many tokens."""
    length = tokens * CHARACTERS_PER_TOKEN
    return (text * (length // len(text) + 1))[:length]
