import pytest

from core.adapters import model_conversation
from core.adapters.model_conversation import MORE_ROOM, TOTAL_SECONDS, ask
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import ReplyEnd, StopReason
from core.evaluation.reply_json import UnusableReplyError
from tests.adapters.language_models import a_request, never
from tests.adapters.scripted_model import CUT, DECLINED, USAGE, ScriptedModel, in_pieces

BROKEN = ModelError(ModelFault.INTERRUPTED, "Claude")


def only_yes(text: str) -> str:
    """Takes no other reply than “yes”."""
    if text != "yes":
        raise UnusableReplyError(["answer: say yes", "level: missing"])
    return text


def fault_of(model: ScriptedModel) -> ModelError:
    with pytest.raises(ModelError) as caught:
        ask(model, a_request(), only_yes, never)
    return caught.value


def test_usable_reply_is_asked_for_once() -> None:
    model = ScriptedModel("yes")
    assert ask(model, a_request(), only_yes, never) == ("yes", USAGE)
    assert model.requests == [a_request()]


def test_unusable_reply_is_asked_for_again_with_what_was_wrong() -> None:
    model = ScriptedModel("no", "yes")
    reply, _ = ask(model, a_request(), only_yes, never)
    first, second = model.requests
    assert reply == "yes"
    assert second.volatile.startswith(first.volatile)
    assert "- answer: say yes\n- level: missing" in second.volatile


def test_asking_again_keeps_the_part_that_providers_cache() -> None:
    model = ScriptedModel("no", "yes")
    ask(model, a_request(), only_yes, never)
    first, second = model.requests
    assert (second.instructions, second.stable) == (first.instructions, first.stable)


def test_reply_that_is_unusable_twice_is_given_up() -> None:
    model = ScriptedModel("no", "no", "yes")
    assert fault_of(model).fault is ModelFault.MALFORMED
    assert len(model.requests) == 2


def test_truncated_reply_is_asked_for_once_more_with_more_room() -> None:
    model = ScriptedModel(["ye", CUT], "yes")
    assert ask(model, a_request(), only_yes, never)[0] == "yes"
    first, second = model.requests
    assert second.max_output_tokens == round(first.max_output_tokens * MORE_ROOM)
    assert second.volatile == first.volatile


def test_truncated_reply_is_not_parsed_even_where_it_could_be() -> None:
    model = ScriptedModel(["yes", CUT], ["yes", CUT])
    assert fault_of(model).fault is ModelFault.TRUNCATED
    assert len(model.requests) == 2


def test_refusal_is_not_asked_again() -> None:
    model = ScriptedModel(["yes", DECLINED], "yes")
    assert fault_of(model).fault is ModelFault.REFUSED
    assert len(model.requests) == 1


def test_error_of_the_line_is_handed_on_and_not_asked_again() -> None:
    model = ScriptedModel(["ye", BROKEN], "yes")
    assert fault_of(model) is BROKEN
    assert len(model.requests) == 1


def test_stream_without_an_end_is_an_interruption() -> None:
    assert fault_of(ScriptedModel(["yes"])).fault is ModelFault.INTERRUPTED


def test_usage_of_all_tries_is_summed() -> None:
    model = ScriptedModel("no", "yes")
    assert ask(model, a_request(), only_yes, never)[1] == USAGE + USAGE


@pytest.mark.parametrize(
    ("scripts", "tries"),
    [(("no", "no"), 2), ((["", DECLINED],), 1), ((["", CUT], ["", CUT]), 2)],
    ids=["unusable", "refused", "truncated"],
)
def test_failure_says_what_it_took(scripts: tuple[str], tries: int) -> None:
    assert fault_of(ScriptedModel(*scripts)).usage.total == tries * USAGE.total


def test_line_that_breaks_at_the_second_try_counts_the_first_one() -> None:
    error = ModelError(ModelFault.INTERRUPTED, "Claude")
    assert fault_of(ScriptedModel("no", ["ye", error])).usage == USAGE


def test_all_tries_share_one_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([0.0, 0.0, *(50.0 for _ in range(20))])
    monkeypatch.setattr(model_conversation.time, "monotonic", lambda: next(seconds))
    model = ScriptedModel(["n", ReplyEnd(StopReason.COMPLETE)], "yes")
    ask(model, a_request(), only_yes, never)
    assert model.timeouts == [TOTAL_SECONDS, TOTAL_SECONDS - 50]


def test_text_so_far_is_seen_verbatim_and_growing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_conversation, "SHOW_EVERY_SECONDS", 0.0)
    text = "  “Größe”\n\tyes 🙂, and so on "
    seen: list[str] = []
    ask(ScriptedModel(text), a_request(), str, never, seen.append)
    assert seen[-1] == text
    assert all(text.startswith(part) for part in seen)
    assert [len(part) for part in seen] == sorted({len(part) for part in seen})


def test_text_is_looked_into_now_and_then_only() -> None:
    seen: list[str] = []
    ask(ScriptedModel("yes " * 500), a_request(), str, never, seen.append)
    assert 1 <= len(seen) < len(in_pieces("yes " * 500)) / 2


def test_cancelled_question_ends() -> None:
    with pytest.raises(ModelError) as caught:
        ask(ScriptedModel("yes"), a_request(), only_yes, lambda: True)
    assert caught.value.fault is ModelFault.CANCELLED
