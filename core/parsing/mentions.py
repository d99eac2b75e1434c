"""Which mentions of a skill are meant: "Go" is a language in a list of languages, and a verb elsewhere."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from core.domain.profile import Span
from core.parsing.vocabulary import word_set

_T = TypeVar("_T")

_YEAR_DIGITS = 4
_REACH = 3  # words to either side that are looked at
_VERSION = r"(?:\s?v?\d{1,3}(?:\.[\dx]{1,4}){0,3}\+?(?!\d))?"
_MARKS = "\u2022\u2023\u25a0\u25aa\u25cf\u25e6\u00b7\u2219"
_LINK = re.compile(
    rf"{_VERSION}\)?\s{{0,3}}(?:[,;/|&{_MARKS}*]|[ ]{{3}}|\n\s{{0,40}}[-*{_MARKS}]|\b(?:and|or|und|et|y|o)\b)"
    rf"\s{{0,40}}(?:[-*{_MARKS}]|and\b|or\b)?\s{{0,3}}\(?"
)
_LONGEST_LINK = 60
_LIST_MARK_BEFORE = re.compile(rf"(?:^|[,;:/|&({_MARKS}*\u2013\u2014]|\s-|\s\s)\s*$")
_LIST_MARK_AFTER = re.compile(
    rf"{_VERSION}\s*(?:$|[,;/|)({_MARKS}*\u2013\u2014]|[.!?](?:\s|$)|-\s|(?<=\s\s)\s)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(rf"[,;/|{_MARKS}]")
_SENTENCE_END = re.compile(r"[.!?]\s")
_AROUND = 60  # characters of the line looked at on either side

_BEFORE = word_set(
    """
    in with using via mit en con avec languages language frameworks tools technologies stack
    sprachen langages lenguajes
    """
)
_BESIDE = word_set(
    """
    programming language languages developer developers engineer engineers programmer
    programmers code coding codebase software backend frontend development framework
    frameworks library libraries script scripts scripting service services microservice
    microservices api apis app apps application applications module modules package packages
    server compiler program programs programmierung entwickler entwicklung tooling développeur
    développement programación desarrollador desarrollo sdk
    """
)
_JOINING = frozenset({"and", "or", "und", "et", "y", "/"})
_NOT_AFTER_PREPOSITION = word_set("live getter getters ahead beyond green major minor")
_LETTERED = word_set(
    """
    vitamin vitamins hepatitis plan series class section grade level category type appendix
    schedule exhibit block building channel usb group team part option unit wing stage tier
    phase serie klasse
    """
)
_COMPOUND = re.compile(
    r"[-\u2010\u2011](?!(?:based|programming|code|lang|developer|entwickl)\w*)[^\W\d_]"
)
_RESEARCH = re.compile(r"\s?&\s?d\b", re.IGNORECASE)
_INITIAL = re.compile(r"\.\s?[^\W\d_]")
_ONE_LETTER_PART = re.compile(r"/[^\W\d_](?![\w+#])")
_PART_OF_MORE_BEFORE = re.compile(r"(?:[.'\u2019&\u00b0]|[^\W_][-\u2010\u2011])$")
_NEGATING = re.compile(r"\b(?:self|semi|non|un|anti)[-\u2010\u2011]$", re.IGNORECASE)
_LONGEST_PREFIX = 6
_NUMBER_BEFORE = re.compile(r"\d\s?$")


class Word(NamedTuple):
    """A word of the text; `key` is its form for comparison."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention(Generic[_T]):
    """An entry found at words [first, after). `is_exact` tells that its capitals are the lexicon's."""

    entry: _T
    span: Span
    first: int
    after: int
    needs_context: bool
    is_exact: bool


def accepted(
    text: str, words: Sequence[Word], mentions: Sequence[Mention[_T]], listings: Sequence[Span]
) -> tuple[Mention[_T], ...]:
    """The mentions that are meant; those whose word is no ordinary one always are."""
    scene = _Scene(text, words, _known_words(mentions), listings)
    meant = [scene.speaks_for(m) if m.needs_context else not scene.is_negated(m) for m in mentions]
    for chain in _chains(text, mentions):
        if any(meant[i] for i in chain):
            for i in chain:
                meant[i] = meant[i] or scene.is_item(mentions[i], i > chain[0], i < chain[-1])
    return tuple(mention for mention, is_meant in zip(mentions, meant, strict=True) if is_meant)


def _known_words(mentions: Sequence[Mention[_T]]) -> frozenset[int]:
    """Indexes of the words that belong to a name that is no ordinary word."""
    return frozenset(i for m in mentions if not m.needs_context for i in range(m.first, m.after))


def _is_version(key: str) -> bool:
    """A number, but not a year: "Spring 2019" is a season."""
    return key[0].isdigit() and len(key) < _YEAR_DIGITS


def _chains(text: str, mentions: Sequence[Mention[_T]]) -> Iterator[range]:
    """Runs of mentions with nothing but list separators between them."""
    first = 0
    for i in range(1, len(mentions) + 1):
        if i == len(mentions) or not _are_linked(text, mentions[i - 1], mentions[i]):
            yield range(first, i)
            first = i


def _are_linked(text: str, left: Mention[_T], right: Mention[_T]) -> bool:
    start, end = left.span.end, right.span.start
    return end - start <= _LONGEST_LINK and bool(_LINK.fullmatch(text, start, end))


@dataclass(frozen=True, slots=True)
class _Scene:
    """A text and what is known of it, to judge a mention by what stands around it."""

    text: str
    words: Sequence[Word]
    known: frozenset[int]
    listings: Sequence[Span]

    def speaks_for(self, mention: Mention[_T]) -> bool:
        """Whether the words beside it, or the section that it stands in, make it a skill."""
        if self._is_something_else(mention):
            return False
        if any(s.start <= mention.span.start and mention.span.end <= s.end for s in self.listings):
            in_place = mention.is_exact and self._may_be_followed(mention, is_introduced=False)
            return in_place or self.is_item(mention)
        return mention.is_exact and self._is_beside_technology(mention)

    def is_negated(self, mention: Mention[_T]) -> bool:
        """Whether a prefix makes it something else: self-supervised, non-technical."""
        start = mention.span.start
        return bool(_NEGATING.search(self.text[max(0, start - _LONGEST_PREFIX) : start]))

    def is_item(
        self, mention: Mention[_T], is_linked_before: bool = False, is_linked_after: bool = False
    ) -> bool:
        """Whether it stands between list separators; a link to the next mention is one."""
        if self._is_something_else(mention):
            return False
        before, after = self._line_around(mention)
        begins = is_linked_before or _LIST_MARK_BEFORE.search(before)
        return bool(begins and (is_linked_after or _LIST_MARK_AFTER.match(after)))

    def _line_around(self, mention: Mention[_T]) -> tuple[str, str]:
        start, end = mention.span.start, mention.span.end
        before = self.text[max(0, start - _AROUND) : start].rpartition("\n")[2]
        return before, self.text[end : end + _AROUND].partition("\n")[0]

    def _is_something_else(self, mention: Mention[_T]) -> bool:
        """Part of a longer word or name: C-level, R&D, Vitamin C, John C. Doe."""
        before, after = self._line_around(mention)
        if _PART_OF_MORE_BEFORE.search(before) or _COMPOUND.match(after) or after[:1] == "&":
            return True
        if mention.span.end - mention.span.start > 1:
            return False
        is_initial = _INITIAL.match(after) and not _LIST_MARK_BEFORE.search(before)
        is_enclosed = before[-1:] == "(" and after[:1] == ")"
        return bool(
            is_initial
            or is_enclosed
            or _RESEARCH.match(after)
            or _NUMBER_BEFORE.search(before)
            or self._key_beside(mention.first - 1) in _LETTERED
            or (_ONE_LETTER_PART.match(after) and mention.after + 1 not in self.known)
        )

    def _is_beside_technology(self, mention: Mention[_T]) -> bool:
        is_introduced = (
            self._key_beside(mention.first - 1) in _BEFORE
            and self._gap(mention.first - 1, mention.first).strip(" :") == ""
        )
        if not self._may_be_followed(mention, is_introduced):
            return False
        return is_introduced or any(
            self._is_technology(i) and self._in_one_sentence(mention, i)
            for i in range(mention.first - _REACH, mention.after + _REACH)
            if not mention.first <= i < mention.after
        )

    def _may_be_followed(self, mention: Mention[_T], is_introduced: bool) -> bool:
        """Whether the next word leaves it a name: "Go services" does, "Go home" does not."""
        i = mention.after
        key = self._key_beside(i)
        if not key or self._gap(i - 1, i).strip(" "):
            return True
        if i in self.known or key in _BESIDE or key in _JOINING or _is_version(key):
            return True
        if key in _NOT_AFTER_PREPOSITION or (key == "to" and self._key_beside(i + 1) == "market"):
            return False
        return is_introduced and not self.text[self.words[i].start].isupper()

    def _is_technology(self, i: int) -> bool:
        return i in self.known or self._key_beside(i) in _BESIDE

    def _in_one_sentence(self, mention: Mention[_T], i: int) -> bool:
        first, last = min(i, mention.first), max(i, mention.after - 1)
        between = self.text[self.words[first].end : self.words[last].start]
        return "\n" not in between and not _SENTENCE_END.search(between)

    def _key_beside(self, i: int) -> str:
        return self.words[i].key if 0 <= i < len(self.words) else ""

    def _gap(self, left: int, right: int) -> str:
        return self.text[self.words[left].end : self.words[right].start]
