from core.domain.question import Kind
from tests.builders import a_question
from tests.evaluation.test_star import ACTION, SITUATION, STORY, TASK
from tests.ui.test_texts import read
from ui.story import story_html, story_of, story_title


def test_technical_answer_is_no_story() -> None:
    assert story_of(a_question(kind=Kind.TECHNICAL), STORY) is None


def test_whole_story_says_so() -> None:
    view = story_of(a_question(kind=Kind.BEHAVIORAL), STORY)
    assert view is not None
    assert story_title(view) == "As a story: every part is told"


def test_missing_part_is_named_with_what_belongs_there() -> None:
    answer = f"{SITUATION} {TASK} {ACTION}"
    view = story_of(a_question(kind=Kind.BEHAVIORAL), answer)
    assert view is not None
    assert story_title(view) == "As a story: no result found"
    assert "Not found. Say what came of it" in read(story_html(answer, view)).text


def test_counts_and_numbers_are_told_in_words() -> None:
    view = story_of(a_question(kind=Kind.BEHAVIORAL), STORY)
    assert view is not None
    told = read(story_html(STORY, view)).text
    assert "You say “I” 2 times and “we” once. Numbers you give: five, 40, 12%." in told


def test_markup_in_a_story_is_shown_as_text() -> None:
    answer = "Last year I had to fix <img src=x>. In the end it worked."
    view = story_of(a_question(kind=Kind.BEHAVIORAL), answer)
    assert view is not None
    assert "img" not in read(story_html(answer, view)).tags
