from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.question import FollowUp, KeyPoint, Kind, Origin, Question
from core.domain.role import Competency
from core.evaluation.planned import is_alike, planned_question
from core.prompting.plan import PlannedItem
from tests.prompting.prompts import item_data

_MATERIAL = "Cut the nightly import from 5 hours to 40 minutes.\nWe want someone who knows tides."
_COMPETENCIES = (
    Competency("api-design", "API design"),
    Competency("databases", "Databases", "Tables, indexes, queries."),
)


def _planned(*, seen: tuple[str, ...] = (), **changes: Any) -> Question | None:
    item = PlannedItem.model_validate(item_data(**changes))
    return planned_question(item, seen, _MATERIAL, _COMPETENCIES)


def _question(**changes: Any) -> Question:
    found = _planned(**changes)
    assert found is not None
    return found


def test_good_item_becomes_a_planned_question() -> None:
    found = _question()
    assert (found.origin, found.kind, found.competency) == (
        Origin.PLANNED,
        Kind.TECHNICAL,
        "databases",
    )
    assert found.key_points[1] == KeyPoint("writes", "Writes \\ get ] slower.", 1)
    assert found.follow_ups == (FollowUp("writes", "What does it cost?"),)
    assert found.id.startswith("planned-")


def test_id_follows_from_the_text() -> None:
    assert _question().id == _question(difficulty=5).id != _question(text="Why a queue?").id


@pytest.mark.parametrize(("given_", "difficulty"), [(-3, 1), (0, 1), (4, 4), (9, 5)])
def test_difficulty_is_clamped(given_: int, difficulty: int) -> None:
    assert _question(difficulty=given_).difficulty == difficulty


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("System Design", Kind.SYSTEM_DESIGN),
        ("system_design", Kind.SYSTEM_DESIGN),
        ("trivia", Kind.TECHNICAL),
    ],
)
def test_kind_is_one_of_ours(written: str, kind: Kind) -> None:
    assert _question(kind=written).kind is kind


@pytest.mark.parametrize(
    ("written", "known"),
    [("databases", "databases"), ("Query indexes", "databases"), ("nothing", "api-design")],
)
def test_competency_is_one_of_ours(written: str, known: str) -> None:
    assert _question(competency=written).competency == known


@pytest.mark.parametrize(
    "changes",
    [
        {"text": " "},
        {"key_points": []},
        {"key_points": [{"id": "a", "text": "One.", "weight": 1}]},
        {"key_points": [{"id": "a", "text": t, "weight": 1} for t in ("One.", "Two.")]},
    ],
)
def test_item_that_cannot_be_judged_is_dropped(changes: dict[str, Any]) -> None:
    assert _planned(**changes) is None


def test_item_that_repeats_a_seen_question_is_dropped() -> None:
    assert _planned(text="Why would an index help?", seen=("Why does an index help?",)) is None


def test_source_is_kept_where_its_quote_is_in_the_material() -> None:
    source = {"source_quote": "the nightly import", "source": "your import"}
    assert _question(**source).source == "your import"
    assert _question(**source | {"source_quote": "the daily export"}).source == ""


def test_follow_up_on_an_unknown_key_point_is_dropped() -> None:
    assert _question(follow_ups=[{"probes": "other", "text": "Why?"}]).follow_ups == ()


def test_markup_is_gone_from_what_is_asked() -> None:
    assert _question(text="**Why** <b>an</b> [index](http://x.example)?").text == "Why an index?"


def test_texts_without_content_words_are_alike_only_when_they_are_the_same() -> None:
    assert is_alike("How so?", "how so?")
    assert not is_alike("How so?", "Why not?")


@given(
    st.builds(
        PlannedItem.model_validate,
        st.fixed_dictionaries(
            {
                key: st.text()
                for key in (
                    *("text", "rephrased", "kind", "competency"),
                    *("intent", "hint", "source_quote", "source"),
                )
            }
            | {
                "difficulty": st.integers(),
                "key_points": st.lists(
                    st.fixed_dictionaries(
                        {"id": st.text(), "text": st.text(), "weight": st.integers()}
                    )
                ),
                "follow_ups": st.lists(
                    st.fixed_dictionaries({"probes": st.text(), "text": st.text()})
                ),
            }
        ),
    )
)
def test_whatever_is_planned_is_a_valid_question_or_none(item: PlannedItem) -> None:
    found = planned_question(item, (), _MATERIAL, _COMPETENCIES)
    if found is not None:
        assert 1 <= found.difficulty <= 5
        assert {k.weight for k in found.key_points} <= {1, 2, 3}
        assert len({k.id for k in found.key_points}) == len(found.key_points) >= 2
        assert {f.probes for f in found.follow_ups} <= {k.id for k in found.key_points}
