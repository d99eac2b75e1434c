"""A better answer that says nothing its candidate did not: invented facts become marked blanks.

Numbers, technologies and names are looked up in what is known. Names are told by their capitals, so in
a language that capitalises all nouns, and in one word at the beginning of a sentence, they are not looked for. Words
in capitals throughout (HTTP, SLA) are terms far more often than names, and stay.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.domain.profile import Skill, Span

HOW_MANY = "[how many?]"
WHICH = "[which?]"
WHICH_TECHNOLOGY = "[which technology?]"
WHICH_YEAR = "[which year?]"

_BLANK = re.compile(r"(\[[^\[\]\n]*\?\])")
_DIGITS = re.compile(r"(?<!\w)[^\W\d]*\d(?:\w|[.,:/]\d)*%?")
_PLAIN_NUMBER = re.compile(r"(\d[\d.,:/]*)([^\W\d]{0,3}|%)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "hundreds thousand thousands million millions billion billions dozen dozens"
).split()
_VALUES = {word: str(number) for number, word in enumerate(_NUMBER_WORDS[:19], start=2)}
_UNITS = (
    "percent|per cent|times|fold|(?:milli)?seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|"
    "people|users?|customers?|clients?|engineers?|developers?|colleagues?|members?|teams?|companies|"
    "requests?|queries|orders?|tickets?|incidents?|bugs?|services?|servers?|nodes?|machines?|tables?|"
    "rows?|records?|files?|pages?|lines?|projects?|sprints?|releases?|countries|euros?|dollars?|pounds?|"
    "gigabytes?|megabytes?|terabytes?"
)
_SPELT = "|".join(_NUMBER_WORDS)
_HEADED = r"(?<=team of )|(?<=group of )|(?<=total of )|(?<=factor of )"
_SPELT_NUMBER = re.compile(
    rf"(?:{_HEADED})(?:{_SPELT})\b|"
    rf"\b(?:{_SPELT})(?:[- ](?:and )?(?:{_SPELT})){{0,4}}(?=[ -](?:\w+ )?(?:{_UNITS})\b| of (?:us|them|my|our)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[.'’+#-][^\W_]+|[+#]+)*")
_CAPITALISED = re.compile(r"(?<![\w'’])[A-ZÀ-Ý](?:[\w'’&.-]*\w)?(?:[ ][A-ZÀ-Ý](?:[\w'’&.-]*\w)?)*")
_SENTENCE_OPENERS = frozenset(".!?…:;\n•”")
_BEFORE_SENTENCE = " \t\"“'‘(-*"
_ORDINARY = frozenset("i i'm i'd i'll i've i’m i’d i’ll i’ve ok".split())
_OPENERS = frozenset(
    "a about across after all also although an and as at because before both but by did do does during "
    "each every finally first for from had has have he her here his how if in instead into it its later "
    "let's like many most my next no not of on once one or our over second she since so some that the "
    "their then there these they this those though through to today under unlike until using was we were "
    "what when where which while who why with within without yes you your".split()
)
"""Words that begin a sentence before a name far more often than they are part of one."""
_TERM = re.compile(r"[^\W\d_]-.*|[A-ZÀ-Ý]+(?:[/&-][A-ZÀ-Ý]+)*s?")
"""B-tree, X-ray; POST, CI/CD, APIs."""
_MOST_CAPITALS = 0.25
"""With a larger share of capitalised words inside sentences, capitals do not tell names."""
_FEWEST_WORDS = 12

TechnologiesIn = Callable[[str], tuple[Skill, ...]]


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What a better answer may be made of: the technologies, words, names and numbers of a text.

    `words` and `names` are case-folded, `said` the words without those of terms alone. `figures` are all
    words with digits as they are written, and `numbers` their digits alone.
    """

    technologies: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    said: frozenset[str]
    figures: frozenset[str]
    numbers: frozenset[str]
    technologies_in: TechnologiesIn

    def are_told(self, number_words: list[str]) -> bool:
        """Whether each word of a number stands in the text, in words or in digits."""
        said = self.said | {"and"}
        return all(word in said or _VALUES.get(word) in self.numbers for word in number_words)


def known_facts(text: str, technologies_in: TechnologiesIn, terms: str = "") -> KnownFacts:
    """The facts in a text: answer, profile and question. `technologies_in` finds the technologies in one.

    Of `terms`, the question's key points, technologies and names may be used and no number: what a good
    answer holds is not what this candidate counted.
    """
    figures = frozenset(match.group().casefold() for match in _DIGITS.finditer(text))
    usable = f"{text}\n{terms}"
    return KnownFacts(
        technologies=frozenset(technology.name for technology in technologies_in(usable)),
        words=_words(usable),
        names=_names(usable),
        said=_words(text),
        figures=figures,
        numbers=frozenset(_number(token) for token in figures) - {""},
        technologies_in=technologies_in,
    )


def without_invented_facts(better_answer: str, known: KnownFacts) -> str:
    """The answer with a blank for each number, technology and name that is not known.

    Blanks that are already there stay.
    """
    text = _no_technology(better_answer, known)
    words = known.words | known.names

    def is_known(name: str) -> bool:
        found = known.technologies_in(name)
        return _is_known(name, words) or any(t.name in known.technologies for t in found)

    unnamed = _outside_blanks(text, lambda part: _no_name(part, is_known))
    if unnamed != text and not _capitalises_nouns(text):
        text = unnamed
    return _outside_blanks(text, lambda part: _no_number(part, known))


def _outside_blanks(text: str, change: Callable[[str], str]) -> str:
    parts = _BLANK.split(text)
    parts[::2] = [change(part) for part in parts[::2]]
    return "".join(parts)


def _no_technology(text: str, known: KnownFacts) -> str:
    """Each mention of an unknown technology blanked, however often it is made.

    Once it is meant anywhere, its name as the lexicon writes it is it everywhere: "Go" is, "go" is not.
    """
    found = known.technologies_in(text)
    kept_spans = [Span(*match.span()) for match in _BLANK.finditer(text)]
    kept_spans += [span for t in found if t.name in known.technologies for span in t.spans]
    invented = {
        (span.start, span.end)
        for technology in found
        if technology.name not in known.technologies
        for span in (*technology.spans, *_spelt(technology.name, text))
        if not any(span.overlaps(kept) for kept in kept_spans)
    }
    if not invented:
        return text
    kept, last = "", 0
    for start, end in sorted(invented):
        if start >= last:
            kept += text[last:start] + WHICH_TECHNOLOGY
            last = end
    return _no_technology(kept + text[last:], known)  # only so many mentions are found at a time


def _spelt(name: str, text: str) -> list[Span]:
    return [Span(*m.span()) for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


def _no_name(text: str, is_known: Callable[[str], bool]) -> str:
    def checked(match: re.Match[str]) -> str:
        kept: list[str] = []
        parts = match.group().split(" ")
        opens = _begins_sentence(text, match.start()) and _only_opens(parts, is_known)
        for number, part in enumerate(parts):
            word = part if is_known(part) or (opens and number == 0) else WHICH
            if kept[-1:] != [WHICH] or word != WHICH:
                kept.append(word)
        return " ".join(kept)

    return _CAPITALISED.sub(checked, text)


def _only_opens(parts: Sequence[str], is_known: Callable[[str], bool]) -> bool:
    """Whether a sentence's first word has its capital from that alone: no unknown name goes on from it."""
    first = parts[0].casefold()
    return first in _OPENERS or first.endswith("ly") or len(parts) == 1 or is_known(parts[1])


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 8) : at].rstrip(_BEFORE_SENTENCE)
    return before[-1] in _SENTENCE_OPENERS if before else True


def _is_known(name: str, known: frozenset[str]) -> bool:
    if _TERM.fullmatch(name):
        return True
    word = name.casefold()
    bare = re.sub(r"['’]s?$", "", word)
    parts = re.split(r"[-&.]", bare)
    return not _ORDINARY.isdisjoint((word, bare)) or bare in known or known.issuperset(parts)


def _no_number(text: str, known: KnownFacts) -> str:
    """Digits must stand in what is known as they are; a number in words may stand there in digits."""

    def checked(match: re.Match[str]) -> str:
        token = match.group()
        number = _number(token)
        if token.casefold() in known.figures or number in known.numbers:
            return token
        if not number:
            return WHICH
        return WHICH_YEAR if _YEAR.fullmatch(token) else HOW_MANY

    def checked_words(match: re.Match[str]) -> str:
        spelt = re.findall(r"\w+", match.group().casefold())
        return match.group() if known.are_told(spelt) else HOW_MANY

    return _SPELT_NUMBER.sub(checked_words, _DIGITS.sub(checked, text))


def _number(token: str) -> str:
    """The digits of a number with at most a short unit behind it; empty for a word with digits."""
    found = _PLAIN_NUMBER.fullmatch(token)
    return found[1].rstrip(".,:/") if found else ""


def _capitalises_nouns(text: str) -> bool:
    text = _BLANK.sub("", text)
    words = [m.group() for m in _WORD.finditer(text) if not _begins_sentence(text, m.start())]
    capitals = sum(word[0].isupper() and word.casefold() not in _ORDINARY for word in words)
    return len(words) >= _FEWEST_WORDS and capitals / len(words) > _MOST_CAPITALS


def _names(text: str) -> frozenset[str]:
    found = _CAPITALISED.finditer(text)
    return frozenset(part.casefold() for match in found for part in match.group().split(" "))


def _words(text: str) -> frozenset[str]:
    whole = {match.group().casefold() for match in _WORD.finditer(text)}
    return frozenset(
        whole | {part for word in whole for part in re.split(r"[-.'’+#]", word) if part}
    )
