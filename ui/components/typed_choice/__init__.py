"""Has a select that takes words of one's own take them when it is left, as any other field does."""

from functools import cache
from pathlib import Path

import streamlit as st


def take_typed(*keys: str) -> None:
    """For the selects with these keys. Without it what was typed is gone unless Enter was pressed."""
    component = st.components.v2.component("typed_choice", js=_script())
    component(key="typed_choice", data={"keys": keys})


@cache
def _script() -> str:
    return Path(__file__).with_name("typed_choice.js").read_text("utf-8")
