import sys
from concurrent.futures import ThreadPoolExecutor
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.text import (
    EVERYDAY_WEIGHT,
    content_stems,
    function_word_share,
    is_foreign,
    is_function_word,
    near,
    rarity,
    sentences,
    stem,
    words,
)
from tests.builders import real_content
from tests.evaluation.texts import GERMAN_ANSWER, OFF_TOPIC

_stems = st.text(alphabet="abcdef", min_size=1, max_size=8)


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Use C++, C# or F#.", ["use", "c++", "c#", "or", "f#"]),
        ("node.js and asp.net", ["node.js", "and", "asp.net"]),
        ("don’t I'd", ["don't", "i'd"]),
        ("read-only, then", ["read-only", "then"]),
        ("Größe naïve", ["größe", "naïve"]),
        ("snake_case", ["snake", "case"]),
        ("— … !?", []),
    ],
)
def test_words_stay_whole(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_words_of_one_stem_are_the_same() -> None:
    assert content_stems("indexes indexed indexing") == ("index",) * 3


def test_hyphenated_word_gives_the_stems_of_its_parts() -> None:
    assert content_stems("read-replica") == content_stems("reads of replicas")[:2]


def test_function_words_carry_no_content() -> None:
    assert content_stems("It is what you would do with them") == ()


@pytest.mark.parametrize(
    ("word", "expected"), [("the", True), ("x", True), ("7", False), ("index", False)]
)
def test_single_letters_but_no_digits_are_function_words(word: str, *, expected: bool) -> None:
    assert is_function_word(word) is expected


def test_prose_has_many_function_words_and_a_list_has_few() -> None:
    assert function_word_share(OFF_TOPIC["holiday story"]) > 0.35
    assert function_word_share("indexes, caching, sharding, replicas") == 0


def test_share_of_no_words_is_zero() -> None:
    assert function_word_share("") == 0


# --- sentences ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("One\nTwo\n\nThree", ["One", "Two", "Three"]),
        ("First; then second", ["First;", "then second"]),
        ("“One.” Two", ["“One.”", "Two"]),
        ('"One!" (Two?) Three', ['"One!"', "(Two?)", "Three"]),
        ("Version 3.11 is used. Yes.", ["Version 3.11 is used.", "Yes."]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_text_is_split_at_ends_breaks_and_semicolons(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == expected


@given(
    st.text(alphabet=st.sampled_from("ab .!?;\n\t…”)é\U0001f600\u00a0\u2028"), max_size=40)
    | st.text()
)
def test_sentence_stands_where_it_says(text: str) -> None:
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text


@given(st.text(alphabet="ab .!?;\n", max_size=40))
def test_sentences_are_in_order_and_do_not_overlap(text: str) -> None:
    ends = [0]
    for sentence in sentences(text):
        assert sentence.start >= ends[-1]
        ends.append(sentence.end)


@given(st.text(alphabet="ab .!?\n", max_size=40))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    assert [w for s in sentences(text) for w in words(s.text)] == words(text)


def test_long_run_of_spaces_takes_no_longer_to_read_than_as_much_prose() -> None:
    length = 20_000
    spaces = f"a{' ' * length}b"
    prose = (OFF_TOPIC["holiday story"] * (length // 1_000))[:length]
    assert _cpu_seconds(spaces) < 5 * _cpu_seconds(prose)


def _cpu_seconds(text: str) -> float:
    """How long it takes to split a text, without what other processes take."""
    began = process_time()
    sentences(text)
    return process_time() - began


# --- typing slips -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("idempot", "idempt"), ("transact", "tranasct"), ("replica", "replika"), ("index", "index")],
)
def test_one_slip_of_the_keys_is_near(one: str, other: str) -> None:
    assert near(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("cach", "cash"), ("index", "idnxe"), ("queue", "que"), ("lock", "block")]
)
def test_short_or_different_words_are_not_near(one: str, other: str) -> None:
    assert not near(one, other)


@given(_stems, _stems)
def test_nearness_is_mutual(one: str, other: str) -> None:
    assert near(one, other) == near(other, one)


@given(st.text(alphabet="abcdef", min_size=7, max_size=10), st.data())
def test_word_with_one_letter_left_out_is_near(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=1, max_value=len(word) - 1))
    assert near(word, word[:at] + word[at + 1 :])


@given(st.text(alphabet="abcdef", min_size=6, max_size=10), st.data())
def test_word_with_two_neighbours_swapped_is_near(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=1, max_value=len(word) - 2))
    assert near(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :])


def test_opposite_by_one_letter_in_front_is_not_near() -> None:
    assert not near("synchron", "asynchron")


# --- languages ----------------------------------------------------------------------------------

_FRENCH = "Je crois que nous devons mesurer avant de changer quelque chose dans la base de données."
_SPANISH = "Primero hay que medir el tiempo de la consulta y luego crear un índice para la tabla."


@pytest.mark.parametrize("text", [GERMAN_ANSWER, _FRENCH, _SPANISH])
def test_other_language_is_noticed(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        *OFF_TOPIC.values(),
        "I was in the team of Los Angeles and we met at the Café de la Paix.",
        "indexes, caching, profiling, sharding, replicas",
        "Ich weiß nicht.",
        "",
    ],
)
def test_english_or_too_little_is_not_taken_for_another_language(text: str) -> None:
    assert not is_foreign(text)


# --- rarity -------------------------------------------------------------------------------------


def test_rarer_word_is_more_telling() -> None:
    found = rarity(["index scan", "index lock", "index"])
    assert found["scan"] > found["index"]


def test_word_of_everyday_talk_is_never_very_telling() -> None:
    found = rarity(["the kitchen index", "shard"])
    assert found["kitchen"] <= EVERYDAY_WEIGHT < found["shard"]


@given(st.lists(st.text(alphabet="abc ", max_size=12), max_size=6))
def test_rarity_lies_between_0_and_1(texts: list[str]) -> None:
    assert all(0 <= value <= 1 for value in rarity(texts).values())


def test_words_in_every_question_tell_less_than_words_in_one() -> None:
    found = rarity(q.reference_answer for q in real_content().questions)
    assert found["idempot"] > found["data"]


def test_stems_are_the_same_however_many_answers_are_judged_at_once() -> None:
    vocabulary = sorted({w for q in real_content().questions for w in words(q.reference_answer)})
    stem_anew = stem.__wrapped__  # what was stemmed before is remembered
    alone = [stem_anew(word) for word in vocabulary]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            runs = [pool.submit(lambda: [stem_anew(word) for word in vocabulary]) for _ in range(4)]
            together = [run.result() for run in runs]
    finally:
        sys.setswitchinterval(interval)
    assert together == [alone] * 4
