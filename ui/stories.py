"""The candidate's stories: what each serves, which are over-used, and what has none yet."""

from html import escape
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.role import in_a_sentence
from core.domain.told_answer import MOST_TOLD, ToldAnswer
from core.evaluation.story_bank import GOOD_STORY, Story, StoryBank
from ui.navigation import go_to_report, link_to_practice
from ui.story import story_html, story_title
from ui.texts import counted, list_html, plain, shortened


def draw_stories(app: Application, user: UUID) -> None:
    """The stories in short and one by one; what will appear here while there is none."""
    bank = app.storytelling.bank(user)
    if not bank.stories:
        st.write(
            "What you tell in answer to behavioral questions is gathered here, in your own words: which "
            "story serves what, which one you tell too often, and what you have none for yet."
        )
        link_to_practice()
        return
    _draw_overview(app, bank)
    for number, story in enumerate(bank.stories, 1):
        _draw_story(app, story, number)
    st.caption(
        f"Gathered from your last {MOST_TOLD} judged answers to behavioral questions; of several attempts "
        "the best. Two answers count as one story when they share many of their words."
    )


def _draw_overview(app: Application, bank: StoryBank) -> None:
    overused = [story for story in bank.stories if story.is_overused]
    if bank.missing:
        names = ", ".join(in_a_sentence(app.content.competency_title(c)) for c in bank.missing)
        st.info(
            f"No story with {GOOD_STORY:.0f} points or more yet for: {plain(names)}.",
            icon=":material/playlist_add:",
        )
    else:
        st.success("You have a good story for everything that is asked.", icon=":material/check:")
    if overused:
        told = "".join(f"\n- {_often(story)}" for story in overused)
        st.warning(f"Told often; keep another one ready:\n{told}", icon=":material/repeat:")


def _often(story: Story) -> str:
    return f"{plain(_opening(story))}, for {len(story.questions)} different questions"


def _draw_story(app: Application, story: Story, number: int) -> None:
    served = ", ".join(app.content.competency_title(c) for c in story.competencies)
    best = story.best
    label = f"**{plain(served)}** · {plain(_opening(story))} · {best.score:.0f} of 100"
    with st.expander(label, key=f"story_{number}"):
        st.html(f'<p class="quiet">{escape(story_title(story.view))}</p>')
        st.html(story_html(best.text, story.view))
        st.html(list_html("Told for", [_told_for(telling) for telling in story.tellings]))
        if st.button(
            "Open the report of the best telling",
            key=f"story_open_{number}",
            type="tertiary",
            icon=":material/description:",
        ):
            go_to_report(best.interview_id)


def _opening(story: Story) -> str:
    """The first words of the best telling."""
    return f"“{shortened(story.best.text, 70)}”"


def _told_for(telling: ToldAnswer) -> str:
    points = counted(round(telling.score), "point")
    return f"{shortened(telling.question, 160)} ({telling.told_at:%d %B %Y}, {points})"
