"""A model's prose as plain words: nothing in it is a link, an image or markup when it is shown."""

import re

from core.prompting.fences import cleaned

_ELEMENTS = (
    "a|abbr|article|audio|b|base|blockquote|body|br|button|canvas|code|dd|del|details|div|dl|dt|em|embed|"
    "font|footer|form|frame|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|mark|"
    "math|meta|nav|object|ol|option|p|pre|s|script|section|select|small|source|span|strong|style|sub|"
    "summary|sup|svg|table|tbody|td|template|textarea|th|thead|title|tr|u|ul|video"
)
_STEPS = (
    (re.compile(r"!\[[^\[\]\n]*\](?:\([^)\n]*\)?|\[[^\[\]\n]*\]?)"), ""),
    (re.compile(r"\[([^\[\]\n]*)\]\([^)\n]*\)?"), r"\1"),
    (re.compile(r"<!--.*?(?:-->|$)", re.DOTALL), ""),
    (re.compile(rf"</?(?:{_ELEMENTS})\b[^<>\n]{{0,500}}(?:>|$)", re.IGNORECASE), ""),
    (
        re.compile(
            r"<?\b(?:(?:https?|ftp|javascript|data|file|vbscript):|www\.)\S*", re.IGNORECASE
        ),
        "",
    ),
    (re.compile(r"(?<![\w*])\*{1,3}(?=\S)([^*\n]+?)(?<=\S)\*{1,3}(?![\w*])"), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?)", re.MULTILINE), ""),
    (re.compile(r"`+"), ""),
    (re.compile(r"<([A-Za-z][\w, ?.]{0,60})>"), r"‹\1›"),
    (re.compile(r"<(?=[A-Za-z/!?])"), "‹"),
    (re.compile(r"\](?=[(\[])"), "] "),
    (re.compile(r"[ \t]{2,}"), " "),
)
"""Markup goes; what the last steps find was put together by its going, or means something else."""
_MOST_CHARACTERS = 4_000


def plain_words(text: str, limit: int = _MOST_CHARACTERS) -> str:
    """The text without markup, at most `limit` characters of it, cut at a word.

    A link leaves its words; an image, an HTML element and a web address leave nothing. `List<String>`
    keeps its words, in brackets that no browser takes for a tag.
    """
    text = cleaned(text, limit * 2)
    for pattern, kept in _STEPS:
        text = pattern.sub(kept, text)
    text = text.strip()
    return text if len(text) <= limit else f"{text[: limit - 1].rsplit(maxsplit=1)[0]}…"
