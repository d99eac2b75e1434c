import pytest

from core.adapters.providers.compatible import CompatibleModel
from core.adapters.thinking_aloud import ThinkingAloud
from core.adapters.wall import OPEN_WALL
from tests.adapters.language_models import KEY, reply_of
from tests.stub_provider.server import StubProvider


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ('<think>{"a": 1}?</think>{"b": 2}', '{"b": 2}'),
        ("\n<think>\nhm\n</think>\n{}", "\n{}"),
        ('{"b": "<think>"}', '{"b": "<think>"}'),
        ("<thin ice>", "<thin ice>"),
        ("<think>endless", ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_only_what_comes_after_the_thoughts_is_handed_on(text: str, reply: str, size: int) -> None:
    thinking = ThinkingAloud()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert "".join(map(thinking.without, pieces)) + thinking.rest() == reply


def test_reply_of_a_server_of_ones_own_is_without_its_thoughts(stub: StubProvider) -> None:
    stub.then("<think>Is {this} it?</think>The reply.")
    assert reply_of(CompatibleModel(KEY, "qwen4", stub.url_v1, OPEN_WALL))[0] == "The reply."
