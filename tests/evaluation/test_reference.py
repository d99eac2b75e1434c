import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.reference import key_points_of
from core.evaluation.text import content_stems
from tests.builders import real_content

_references = st.sampled_from([q.reference_answer for q in real_content().questions])


def test_clauses_of_a_sentence_are_points_of_their_own() -> None:
    points = key_points_of(
        "A primary key identifies each row uniquely, and a foreign key refers to rows of another table."
    )
    assert [point.text for point in points] == [
        "A primary key identifies each row uniquely",
        "a foreign key refers to rows of another table",
    ]


def test_short_clause_stays_with_its_neighbour() -> None:
    (point,) = key_points_of("Locks, latches and semaphores protect shared memory.")
    assert point.text == "Locks, latches and semaphores protect shared memory"


def test_each_sentence_is_at_least_one_point() -> None:
    points = key_points_of("Indexes speed up reads. They slow down writes.")
    assert [point.text for point in points] == ["Indexes speed up reads", "They slow down writes"]


@pytest.mark.parametrize("reference", ["", "  \n"])
def test_empty_reference_has_no_points(reference: str) -> None:
    assert key_points_of(reference) == ()


def test_longer_clause_weighs_more() -> None:
    short, long = key_points_of(
        "Indexes speed reads. Every write transaction updates secondary indexes inside storage pages."
    )
    assert short.weight < long.weight


@given(_references)
def test_points_are_verbatim_parts_of_the_reference(reference: str) -> None:
    assert all(point.text in reference for point in key_points_of(reference))


@given(_references)
def test_points_have_ids_of_their_own_and_weights_of_1_to_3(reference: str) -> None:
    points = key_points_of(reference)
    assert len({point.id for point in points}) == len(points)
    assert {point.weight for point in points} <= {1, 2, 3}


@given(_references)
def test_no_content_word_of_the_reference_is_lost(reference: str) -> None:
    told = [stem for point in key_points_of(reference) for stem in content_stems(point.text)]
    assert told == list(content_stems(reference))
