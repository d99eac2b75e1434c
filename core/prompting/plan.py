"""The prompt that plans an interview, and its questions as they come in."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Annotated

from pydantic_core import from_json

from core.domain.adaptivity import starting_difficulty
from core.domain.language_model import ModelRequest
from core.domain.question import Kind
from core.domain.role import Competency
from core.prompting.context import MATERIAL_RULE, InterviewContext, cache_key, stable_part
from core.prompting.fences import fenced, listed
from core.prompting.schema import Reply, one_of, schema_of

VERSION = "plan-2"
TOKENS_PER_QUESTION = 500
MOST_FOLLOW_UPS = 2
MOST_ASKED = 40
"""So many questions of earlier interviews are named, the newest ones."""

INSTRUCTIONS = f"""\
You plan the questions of a practice job interview for one candidate.

{MATERIAL_RULE}

The questions
- As many as are wanted, in the order in which you would ask them. Spread them over the competencies \
listed, those that role, seniority and job description need most first, and over difficulties around the \
one to begin with: some easier, some harder, 1 to 5.
- Focus says which kinds: technical (technical, coding, system design), behavioral (behavioral, \
situational, motivation), or mixed.
- Wherever profile or job description allow, a question that only this person can be asked: about a thing \
they built, a choice they made, a number they name. Contradictions and gaps become questions, asked \
without accusing: dates or claims of the profile that do not fit each other, and what the job description \
wants and the profile does not show.
- Where the set-up names a company: in its style, and more on what it looks for. Say nothing about the \
company that the set-up does not say.
- One question at a time, as a person says it aloud, in at most 60 words, in the manner stated. Claim \
nothing about the candidate that the material does not say.
- None that repeats, in other words, a question under `asked` (earlier interviews) or `own` (the \
candidate's own, asked anyway), or another of yours.

Fields
- text; rephrased: the same in simpler words; kind; competency: an id from the list; difficulty.
- intent: what it is to show. hint: a nudge that gives no key point away.
- key_points: three to five things a good answer covers, each one sentence that an answer can be checked \
against; weight 1 to 3; id: one or two words, unique within the question.
- follow_ups: at most {MOST_FOLLOW_UPS}, each probing a key point by its id.
- source_quote: the words of profile or job description that the question comes from, copied character \
for character, or "". source: the same in a few words of yours (“your import at Example Ltd”), or "".

Plain text in the language to write in: no Markdown, no links."""


class PlannedKeyPoint(Reply):
    """One thing a good answer covers."""

    id: str
    text: str
    weight: int


class PlannedFollowUp(Reply):
    """A question that probes a key point by its id."""

    probes: str
    text: str


class PlannedItem(Reply):
    """One question as a model plans it."""

    text: str
    rephrased: str
    kind: Annotated[str, one_of(Kind)]
    competency: str
    difficulty: int
    intent: str
    hint: str
    key_points: list[PlannedKeyPoint]
    follow_ups: list[PlannedFollowUp]
    source_quote: str
    source: str


class PlanReply(Reply):
    """All questions of the plan."""

    questions: list[PlannedItem]


def plan_request(
    context: InterviewContext,
    count: int,
    competencies: Sequence[Competency],
    asked: Sequence[str],
    own: Sequence[str],
    nonce: str,
) -> ModelRequest:
    """The request for half as many questions again as the `count` that will be asked.

    `asked` are texts of questions from earlier interviews, the newest first; `own` are the candidate's.
    `nonce` is random and new for each request.
    """
    stable = stable_part(context)
    wanted = questions_wanted(count)
    lines = [
        f"Questions wanted: {wanted}",
        f"Difficulty to begin with: {starting_difficulty(context.setup.seniority)}",
        "Competencies, by id:",
        *(f"{competency.id}: {competency.title}" for competency in competencies),
        fenced("asked", nonce, listed(asked[:MOST_ASKED])) if asked else "",
        fenced("own", nonce, listed(own)) if own else "",
    ]
    return ModelRequest(
        instructions=INSTRUCTIONS,
        stable=stable,
        volatile="\n".join(line for line in lines if line),
        schema=schema_of(PlanReply),
        schema_name="plan",
        max_output_tokens=1_000 + TOKENS_PER_QUESTION * wanted,
        cache_key=cache_key(VERSION, stable),
    )


def questions_wanted(count: int) -> int:
    """Half as many again as will be asked, so that there is a choice to the end."""
    return ceil(count * 1.5)


class PlanStream:
    """Gives each question of a plan as soon as its object closes; reads every character once.

    An object that is no question is left out. Questions are the objects directly in a list directly in
    the outermost object.
    """

    def __init__(self) -> None:
        """Begin before the reply's first character."""
        self._open: list[str] = []
        self._is_in_string = False
        self._is_escaped = False
        self._item: list[str] = []

    def feed(self, piece: str) -> Iterator[PlannedItem]:
        """Take the next piece of the reply; the questions that it completes."""
        for char in piece:
            was_inside = self._is_inside
            self._read(char)
            if was_inside or self._is_inside:
                self._item.append(char)
            if was_inside and not self._is_inside:
                yield from _items("".join(self._item))
                self._item.clear()

    @property
    def _is_inside(self) -> bool:
        return self._open[:3] == _QUESTION

    def _read(self, char: str) -> None:
        """Follow brackets and strings; what stands before the outermost object is no JSON."""
        if self._is_in_string:
            self._is_in_string = self._is_escaped or char != '"'
            self._is_escaped = char == "\\" and not self._is_escaped
        elif char == "{" or (char == "[" and self._open):
            self._open.append(char)
        elif char in "}]" and self._open:
            self._open.pop()
        elif char == '"':
            self._is_in_string = bool(self._open)


_QUESTION = ["{", "[", "{"]


def _items(text: str) -> Iterator[PlannedItem]:
    try:
        yield PlannedItem.model_validate(from_json(text.encode(errors="replace")))
    except ValueError:  # no JSON, or not the shape of a question
        return
