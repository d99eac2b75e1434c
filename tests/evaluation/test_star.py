"""An answer taken apart as a story. All stories are invented."""

import pytest

from core.domain.profile import Span
from core.domain.question import Signal
from core.evaluation.star import StarView, star_of
from tests.evaluation.texts import GERMAN_ANSWER

SITUATION = "Last year at Quillhaven our nightly import took five hours."
TASK = "I had to bring it below one hour before the summer sale."
ACTION = "So I measured every step and rewrote the slowest query."
RESULT = "In the end it ran in 40 minutes, and we saved 12% of the costs."
STORY = " ".join((SITUATION, TASK, ACTION, RESULT))


def view(answer: str, *, is_imagined: bool = False) -> StarView:
    found = star_of(answer, is_imagined=is_imagined)
    assert found is not None
    return found


def told(answer: str, spans: tuple[Span, ...]) -> list[str]:
    return [answer[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (Signal.SITUATION, SITUATION),
        (Signal.TASK, TASK),
        (Signal.ACTION, ACTION),
        (Signal.RESULT, RESULT),
    ],
)
def test_each_sentence_of_a_whole_story_stands_under_its_part(part: Signal, sentence: str) -> None:
    assert told(STORY, view(STORY).parts[part]) == [sentence]


def test_whole_story_misses_nothing() -> None:
    assert view(STORY).missing == ()


def test_story_without_an_end_misses_its_result() -> None:
    assert view(f"{SITUATION} {TASK} {ACTION}").missing == (Signal.RESULT,)


def test_list_of_opinions_misses_task_and_result() -> None:
    found = view("I worked hard and we were a great team. Everyone liked that.")
    assert found.missing == (Signal.TASK, Signal.RESULT)


def test_one_sentence_can_tell_several_parts() -> None:
    story = (
        "When I joined, our import was slow, so I rewrote it and as a result it ran in 40 minutes."
    )
    parts = view(story).parts
    assert told(story, parts[Signal.SITUATION]) == told(story, parts[Signal.RESULT]) == [story]


def test_several_actions_all_stand_under_action() -> None:
    second = "Then I asked Tom from the warehouse to try it."
    story = " ".join((SITUATION, TASK, ACTION, second, RESULT))
    assert told(story, view(story).parts[Signal.ACTION]) == [ACTION, second]


def test_what_was_learned_is_no_action() -> None:
    story = f"{SITUATION} I learned to look before I leap."
    assert Signal.ACTION in view(story).missing


def test_who_acts_is_counted_with_short_forms() -> None:
    found = view("I've asked Tom, and I'm sure we agreed. We'd met before. My boss and I left it.")
    assert (found.i_count, found.we_count) == (3, 2)


def test_figures_are_found_with_their_units() -> None:
    story = "It took 3,500 ms for fifty-two shops, then 12 percent less: $1.5 in v2, half of it."
    assert told(story, view(story).numbers) == [
        "3,500",
        "fifty-two",
        "12 percent",
        "$1.5",
        "half",
    ]


def test_imagined_situation_asks_for_action_and_result_only() -> None:
    found = view("I talk to her first and listen. I would tell my lead later.", is_imagined=True)
    assert list(found.parts) == [Signal.ACTION, Signal.RESULT]
    assert found.missing == (Signal.RESULT,)


@pytest.mark.parametrize("opinion", ["I think so.", "I would be glad.", "I hope so.", "I am calm."])
def test_opinion_is_no_imagined_action(opinion: str) -> None:
    assert Signal.ACTION in view(opinion, is_imagined=True).missing


@pytest.mark.parametrize("answer", ["", "   ", GERMAN_ANSWER])
def test_answer_without_english_sentences_has_no_view(answer: str) -> None:
    assert star_of(answer) is None
