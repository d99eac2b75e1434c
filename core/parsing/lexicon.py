"""Known skills, and where a text names them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from core.domain.profile import Skill, Span
from core.parsing.mentions import Mention, Word, accepted

# A word may begin with a dot (.NET) and end with the signs of a name (C++, C#, A+).
_WORD = re.compile(r"(?<![\w.])\.[A-Za-z]\w*|[^\W_]+(?:\+\+|\+(?!\w)|#)?|[/&]")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])(?:[\w.+-]{1,64}@|[\w.-]{1,63}\.(?:com|org|io|net|de)/)\S+"
)
_GAP = re.compile(r"[-._\u2010-\u2013]|\s?[-\u2010\u2011]?\s{1,4}|[ \t]{0,40}-?\n[ \t]{0,40}")
_VERSIONED = re.compile(r"([^\W\d_]{3,})\d{1,2}\+?")
_VERSION_ENDS = frozenset("0123456789+")
_SHORT = 3
_SHORTEST_SLIP = 5
_NEAR = 0.85
"""Share of letters in common: one slip in seven letters, two in fourteen."""
_MOST_MENTIONS = 100  # of one skill: what a text says more often needs no more proof


@dataclass(frozen=True, slots=True)
class SkillEntry:
    """One skill and how else it is written.

    `needs_context` says that the name is also an ordinary word (Go, R): it counts only among other
    skills or where the words beside it speak of a technology. So do aliases of up to three letters;
    longer ones (Golang) speak for themselves.
    """

    name: str
    category: str = ""
    is_soft: bool = False
    aliases: tuple[str, ...] = ()
    needs_context: bool = False


@dataclass(slots=True)
class _Node:
    """What may follow in the trie of words; `wording` where a name ends."""

    children: dict[str, "_Node"] = field(default_factory=dict)
    wording: "_Wording | None" = None


@dataclass(frozen=True, slots=True)
class _Wording:
    """One way to write a skill."""

    entry: SkillEntry
    text: str
    needs_context: bool


@dataclass(frozen=True, slots=True)
class SkillLexicon:
    """Finds skills in one pass over the words of a text."""

    _root: _Node
    _names: tuple[str, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[SkillEntry]) -> "SkillLexicon":
        """A lexicon of these entries; of two that are written alike the first one counts."""
        root = _Node()
        listed = tuple(entries)
        for entry in listed:
            _add(root, entry, entry.name, entry.needs_context)
        for entry in listed:
            for alias in entry.aliases:
                is_word = len(alias) <= _SHORT or alias.casefold() == entry.name.casefold()
                _add(root, entry, alias, entry.needs_context and is_word)
        return cls(root, tuple(entry.name for entry in listed))

    def nearest(self, written: str) -> str:
        """The known name that this may be a slip of, empty where none is near enough."""
        if len(written) < _SHORTEST_SLIP:
            return ""
        alike = (
            name
            for name in self._names
            if name[:1].casefold() == written[:1].casefold() and abs(len(name) - len(written)) <= 2
        )
        folded = {name.casefold(): name for name in alike}
        near = get_close_matches(written.casefold(), folded, n=1, cutoff=_NEAR)
        return folded[near[0]] if near else ""

    def find(self, text: str, listings: Iterable[Span] = ()) -> tuple[Skill, ...]:
        """The skills that `text` names, in order of first mention, each with all its spans.

        Upper and lower case are the same, and so are space, hyphen and dot between words; the longest
        name wins, and a version behind a name is not part of it. `listings` are the stretches that
        list skills (a skills section): ordinary words count there as they do in a list.
        """
        words = tuple(_words(_LINK.sub(_blank, text)))
        mentions = tuple(self._mentions(text, words))
        spans: dict[SkillEntry, list[Span]] = {}
        for mention in accepted(text, words, mentions, tuple(listings)):
            spans.setdefault(mention.entry, []).append(mention.span)
        return tuple(
            Skill(entry.name, entry.category, entry.is_soft, tuple(where))
            for entry, where in spans.items()
        )

    def _mentions(self, text: str, words: Sequence[Word]) -> Iterator[Mention[SkillEntry]]:
        counts: Counter[str] = Counter()
        after = 0
        for i in range(len(words)):
            found = self._longest(text, words, i) if i >= after else None
            if found is None:
                continue
            wording, after = found
            counts[wording.entry.name] += 1
            if counts[wording.entry.name] <= _MOST_MENTIONS:
                span = Span(words[i].start, words[after - 1].end)
                is_exact = text[span.start : span.end].startswith(wording.text)
                yield Mention(wording.entry, span, i, after, wording.needs_context, is_exact)

    def _longest(self, text: str, words: Sequence[Word], first: int) -> tuple[_Wording, int] | None:
        """The longest wording that begins at a word, and the index after its last word."""
        node = _next(self._root, words[first].key)
        best = None
        after = first + 1
        while node:
            if node.wording:
                best = node.wording, after
            if after == len(words) or not _are_near(text, words[after - 1], words[after]):
                break
            node = _next(node, words[after].key)
            after += 1
        return best


def _blank(match: re.Match[str]) -> str:
    return "@" * len(match.group())


def _words(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        written = match.group()
        yield Word("and" if written == "&" else written.casefold(), *match.span())


def _next(node: _Node, key: str) -> _Node | None:
    """The child for a word; also for one with a version behind it (Python3) or a dot before it."""
    child = node.children.get(key)
    if child is None and key[-1] in _VERSION_ENDS and (versioned := _VERSIONED.fullmatch(key)):
        child = node.children.get(versioned[1])
    if child is None and key.startswith("."):
        child = node.children.get(key[1:])
    return child


def _are_near(text: str, left: Word, right: Word) -> bool:
    between = text[left.end : right.start]
    return between in ("", " ") or bool(_GAP.fullmatch(between))


def _add(root: _Node, entry: SkillEntry, name: str, needs_context: bool) -> None:
    keys = [word.key for word in _words(name)]
    wording = _Wording(entry, name, needs_context)
    for path in (keys, [key for key in keys if key != "/"]):
        node = root
        for key in path:
            node = node.children.setdefault(key, _Node())
        if path:
            node.wording = node.wording or wording
