import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.plain import plain_words

_MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<",
                ">",
                "script",
                "<script>",
                "](",
                "[",
                "]",
                "![",
                "(",
                ")",
                "http://x",
                "*",
                "`",
                "\n",
            ]
        ),
        st.text(max_size=3),
    )
).map("".join)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("See [the docs](https://x.example/a) now.", "See the docs now."),
        ("A![pixel](http://x.example/?q=secret)B", "AB"),
        ("![pixel][ref] C", "C"),
        ("<b>Bold</b> <img src=x onerror=alert(1)>words", "Bold words"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("a<!-- hidden -->b", "ab"),
        ("Go to www.x.example now", "Go to now"),
        ("**Strong** and *soft*", "Strong and soft"),
        ("2*3 and a * b * c", "2*3 and a * b * c"),
        ("# Heading\n> said\n`code`", "Heading\nsaid\ncode"),
        ("Use List<String> here if a < b", "Use List‹String› here if a < b"),
        ("[how many users?] a day", "[how many users?] a day"),
        ("<scr<script>ipt>x", "‹script›x"),
    ],
)
def test_markup_goes_and_words_stay(marked: str, plain: str) -> None:
    assert plain_words(marked) == plain


@given(_MARKUP)
def test_nothing_that_is_left_is_a_tag_or_a_link(text: str) -> None:
    plain = plain_words(text)
    assert not re.search(r"<[A-Za-z/!?]", plain)
    assert "](" not in plain


def test_long_text_is_cut_at_a_word() -> None:
    assert plain_words("one two three", 9) == "one…"
