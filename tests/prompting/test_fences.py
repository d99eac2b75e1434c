import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.prompting.fences import cleaned, fence_id, fenced, listed, one_line, without_fences
from tests.prompting.prompts import HOSTILE

_ANYTHING = st.text(alphabet=st.characters(codec=None))
_TAGGED = st.lists(
    st.one_of(
        st.sampled_from(
            ["<", "</", "answer", "ANSWER", " id=1", ">", "/", " ", "\u200b", "<answer>"]
        ),
        st.text(max_size=3),
    )
).map("".join)


def test_text_stands_between_an_opening_and_a_closing_tag_with_one_id() -> None:
    fence = fence_id("answer", "n")
    assert fenced("answer", "n", "hello") == f"<answer id={fence}>\nhello\n</answer id={fence}>"


def test_ids_differ_by_nonce_and_by_tag() -> None:
    ids = {fence_id(tag, nonce) for tag in ("answer", "job") for nonce in ("a", "b")}
    assert len(ids) == 4


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_cannot_open_or_close_a_fence(text: str) -> None:
    body = fenced("answer", "n", text)
    assert body.count("<answer") == 1
    assert body.count("</answer") == 1
    assert body.endswith(f"</answer id={fence_id('answer', 'n')}>")


@given(_TAGGED)
def test_no_text_keeps_a_look_alike_of_a_fence(text: str) -> None:
    lines = fenced("answer", "n", text).split("\n")
    inside = "\n".join(lines[1:-1])
    assert without_fences(inside) == inside


def test_angle_brackets_that_are_no_fence_stay() -> None:
    assert without_fences("if a < answers and x <answer_count> 3") == (
        "if a < answers and x <answer_count> 3"
    )


def test_only_the_tag_goes_where_it_is_never_closed() -> None:
    assert without_fences("x <answer to everything") == "x […] to everything"


@given(_ANYTHING)
def test_cleaned_text_has_no_invisible_characters_and_can_be_encoded(text: str) -> None:
    shown = cleaned(text, 50)
    assert len(shown) <= 50
    shown.encode()
    assert all(char.isprintable() or char in "\n\t" or char.isspace() for char in shown)


def test_hidden_text_in_tag_characters_is_gone() -> None:
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "five")
    assert cleaned(f"a{hidden}b\u200b\u202ec\ufe01", 10) == "abc"


def test_line_ends_become_one_sort() -> None:
    assert cleaned("a\r\nb\rc\u2028d", 10) == "a\nb\nc\nd"


def test_an_ordinary_text_stays_as_it_is() -> None:
    text = "Größe: 3 €\n\tnaïve – “quoted” 漢字 🙂"
    assert cleaned(text, 100) == text


def test_one_line_says_that_it_was_cut() -> None:
    assert one_line("one two\nthree", 8) == "one two…"


def test_list_has_an_item_a_line() -> None:
    assert listed(["a\nb", "c"]) == "- a b\n- c"
