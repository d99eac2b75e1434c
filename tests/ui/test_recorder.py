"""What the recorder is told, and what of the browser's word is taken."""

from base64 import b64encode
from uuid import UUID

import pytest

from ui.components.recorder import Clip, Manner, Progress, _clip, _data, _id

ID = "33333333-0000-4000-8000-000000000005"
SENT = {"id": ID, "audio": b64encode(b"sound").decode()}


def test_recording_is_taken_as_it_was_handed_over() -> None:
    assert _clip(SENT) == Clip(UUID(ID), b"sound")


@pytest.mark.parametrize("said", [True, "true", 1, None])
def test_only_a_plain_yes_lets_it_be_charged_again(said: object) -> None:
    clip = _clip({**SENT, "mayRepeat": said})
    assert clip
    assert clip.may_repeat is (said is True)


@pytest.mark.parametrize(
    "sent",
    [None, {}, "clip", {"id": ID}, SENT | {"id": "no id"}, SENT | {"audio": "no base64!"}],
    ids=str,
)
def test_what_is_no_recording_is_left(sent: object) -> None:
    assert _clip(sent) is None


@pytest.mark.parametrize("sent", [None, "", "no id", {}], ids=str)
def test_what_is_no_id_is_left(sent: object) -> None:
    assert _id(sent) is None


def test_browser_is_told_that_it_may_be_charged_again() -> None:
    progress = Progress(failed_id=ID, failed_at="now", failure="It broke.", may_cost_again=True)
    told = _data("here", progress, Manner("en", can_send=True, has_tips=False))
    assert told["failed"] == {
        "id": ID,
        "at": "now",
        "sentence": "It broke.",
        "mayCostAgain": True,
    }


def test_tips_know_how_fast_is_too_fast() -> None:
    manner = Manner("en", can_send=True, has_tips=True)
    assert _data("here", Progress(), manner)["mostWordsAMinute"] == 165
