"""What can be measured about how an answer is told, without understanding it. Each value is 0–1."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from core.evaluation.terms import terms
from core.evaluation.text import Sentence, function_word_share, words

LIST_LIKE_BELOW = 0.2
"""English prose has 0.35–0.55 function words; a list of terms has hardly any."""
CHOPPED_LIST_BELOW = 0.3
"""Short pieces with so few function words are names in a row; short clauses have more."""
LONG_ROW_WORDS = 30
"""So long a text with so few function words is a row of words: prose of that length comes near its mean."""
BARE_FROM = 0.9
"""In so long a text with hardly an article, a preposition or a pronoun, small words like “first”, “more” and
“same” are terms too; of prose of that length, content words are 68% at most."""
PROSE_FROM = 0.42
PIECES_OF_A_ROW = 5
"""So many short pieces without a full stop are a row of phrases; prose ends a sentence before that."""
SHORT_PIECE_WORDS = 4.5
"""Between two commas or stops, prose has 7 words and more; a list of terms has 1 to 4."""
FULL_ANSWER_WORDS = 90
"""About 40 seconds of speech at 140 words a minute: enough for a developed answer."""

_STOP = re.compile(r"[.!?](?=\s|$)")
_CODE = re.compile(
    r"```.*?(?:```|$)|`[^`\n]*`|^.*(?:[{};]|=>|\(\)|</?\w+>)[^\n.]*$", re.DOTALL | re.MULTILINE
)
"""Quoted code and lines that look like it: code has no function words, and is no list of terms."""
_PIECE = re.compile(r"[,;:.!?|/\n•]+|\s[-–—]\s")
_REASONING = re.compile(
    r"\b(because|since|so that|therefore|otherwise|which means|trade-?offs?|instead of|rather than|"
    r"unless|depends|for example|for instance|such as|e\.g|in practice|the reason|as a result|"
    r"if|when|whereas|compared|advantage|drawback|downside|at the cost)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|ten|half|double|percent)\b", re.IGNORECASE
)
_SIGNPOST = re.compile(
    r"\b(first|second|third|then|next|after that|finally|in the end|to start|also|on the other hand|"
    r"in short|to sum up|the main|overall|because|so|but|however|once|before|afterwards)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(i guess|kind of|sort of|maybe|probably|i think maybe|or something|or whatever|stuff|um+|uh+|"
    r"like,|you know|basically|i'?m not sure|not really sure|i don'?t really know)\b",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"\b(i (really |honestly )?(don'?t|do not) (really )?know|no idea|no clue|not sure|can'?t answer|"
    r"cannot answer|i have never|i'?ve never|i never|can'?t remember|can'?t think of|pass|skip this|"
    r"next question)\b",
    re.IGNORECASE,
)


class Measured(NamedTuple):
    """A value of 0–1 and, in words for the candidate, what was seen."""

    value: float
    said: str


def is_list_like(text: str) -> bool:
    """Whether the text is a list of terms (or not language at all) rather than sentences."""
    text = _CODE.sub(" ", text)
    share = function_word_share(text)
    count = len(words(text))
    pieces = [length for piece in _PIECE.split(text) if (length := len(words(piece)))]
    is_chopped = bool(pieces) and sum(pieces) / len(pieces) <= SHORT_PIECE_WORDS
    is_one_long_row = len(pieces) >= PIECES_OF_A_ROW * max(1, len(_STOP.findall(text)))
    is_row_of_phrases = is_chopped and is_one_long_row and share < PROSE_FROM
    is_row_of_names = len(pieces) >= 2 and is_chopped and share < CHOPPED_LIST_BELOW
    is_terse = count <= 3
    is_row_of_words = share < (CHOPPED_LIST_BELOW if count >= LONG_ROW_WORDS else LIST_LIKE_BELOW)
    is_bare = count >= LONG_ROW_WORDS and len(terms(text)) >= BARE_FROM * count
    return is_row_of_phrases or is_row_of_names or is_bare or (is_row_of_words and not is_terse)


def is_no_answer(told: Sequence[Sentence]) -> bool:
    """Whether what is told amounts to “I don't know”."""
    content = sum(len(sentence.stems) for sentence in told)
    return content < 2 or refuses(told)


def refuses(told: Sequence[Sentence]) -> bool:
    """Whether the candidate says that they cannot answer, and little else."""
    content = sum(len(sentence.stems) for sentence in told)
    refusing = [s for s in told if _NO_ANSWER.search(s.text)]
    rest = content - sum(len(sentence.stems) for sentence in refusing)
    return bool(refusing) and rest < 6 and content < 16


def depth(told: Sequence[Sentence], full_words: int = FULL_ANSWER_WORDS) -> Measured:
    """Length up to a developed answer, reasons and conditions given, numbers and examples named."""
    text = _joined(told)
    length = min(1.0, len(words(text)) / full_words)
    reasons = len(_REASONING.findall(text))
    numbers = len(_NUMBER.findall(text))
    said = [
        "it is developed" if length > 0.6 else "it is short",
        "reasons or conditions are given" if reasons else "no reasons or conditions are given",
        "there is a number or an example" if numbers else "there is no number or example",
    ]
    expected = 3 * full_words / FULL_ANSWER_WORDS
    value = 0.5 * length + 0.35 * min(1.0, reasons / expected) + 0.15 * min(1.0, numbers / 2)
    return Measured(value, _as_sentence(said))


def clarity(told: Sequence[Sentence]) -> Measured:
    """Sentences of readable length (6–30 words), without saying the same again."""
    lengths = [len(words(sentence.text)) for sentence in told]
    if not lengths:
        return Measured(0.0, "There is nothing to read.")
    readable = sum(6 <= n <= 30 for n in lengths)
    freshness = len({sentence.stems for sentence in told}) / len(told)
    said = [f"{readable} of {len(lengths)} sentences are of a length that is easy to follow"]
    if freshness < 1:
        said.append("some of it is said more than once")
    return Measured((0.65 * readable / len(lengths) + 0.35) * freshness, _as_sentence(said))


def communication(told: Sequence[Sentence], full_words: int = FULL_ANSWER_WORDS) -> Measured:
    """A thread to follow (signposts, several sentences) and little hedging."""
    text = _joined(told)
    signposts = len(_SIGNPOST.findall(text))
    hedges = len(_HEDGE.findall(text))
    said = ["words such as “first”, “then” or “because” connect it"]
    if not signposts:
        said = ["no connecting words (“first”, “then”, “because”) guide the listener"]
    if hedges:
        said.append(f"it hedges {hedges} time{'s' if hedges > 1 else ''}")
    size = full_words / FULL_ANSWER_WORDS
    thread = 0.45 * min(1.0, signposts / (3 * size)) + 0.35 * min(1.0, len(told) / (4 * size)) + 0.2
    hedging = min(1.0, hedges / max(1.0, len(words(text)) / 25))
    return Measured(thread * (1 - 0.6 * hedging), _as_sentence(said))


def full_length(reference_answer: str) -> int:
    """How many words a developed answer has: the reference's, within 15 and `FULL_ANSWER_WORDS`."""
    if not reference_answer:
        return FULL_ANSWER_WORDS
    return min(FULL_ANSWER_WORDS, max(15, len(words(reference_answer))))


def _joined(told: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in told)


def _as_sentence(parts: Sequence[str]) -> str:
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."
