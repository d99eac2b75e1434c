from datetime import date

import pytest

from core.adapters.model_catalogue import offered, ranked
from core.domain.language_model import ModelInfo, Provider
from tests.known_providers import ANTHROPIC, COMPATIBLE, GEMINI, KNOWN, OPENAI

TODAY = date(2026, 11, 22)


def infos(text: str) -> list[ModelInfo]:
    """Models from words such as gpt-6-luna or gpt-5@2026-12-11."""
    found = []
    for word in text.split():
        id_, _, day = word.partition("@")
        found.append(ModelInfo(id_, id_, date.fromisoformat(day) if day else None))
    return found


@pytest.mark.parametrize(
    ("provider", "ids"),
    [
        (OPENAI, "gpt-6-luna gpt-6.2-sol gpt-4o gpt-5.4-mini o3 gpt-10-vega"),
        (ANTHROPIC, "claude-haiku-5-5 claude-sonnet-4-5-20250929 claude-fable-5-2"),
        (GEMINI, "gemini-3.8-flash gemini-4-hydrogen gemini-flash-latest"),
        (COMPATIBLE, "llama4:8b qwen/qwen4-30b gpt-oss:20b mistral-small"),
    ],
)
def test_models_of_text_can_judge(provider: Provider, ids: str) -> None:
    assert [id_ for id_ in ids.split() if not KNOWN.facts(provider).taste.can_judge(id_)] == []


@pytest.mark.parametrize(
    ("provider", "ids"),
    [
        (
            OPENAI,
            "gpt-transcribe gpt-live-transcribe gpt-realtime-2.1 gpt-4o-audio-preview gpt-image-2 "
            "gpt-4o-mini-tts gpt-5-search-api gpt-5.3-codex text-embedding-4 dall-e-4 whisper-1 "
            "ft:gpt-4o:somebody gpt-3.5-turbo gpt-4 gpt-4-0613 gpt-4-1106-preview gpt-4-turbo",
        ),
        (ANTHROPIC, "claude-2.1 claude-instant-1.2 something-else"),
        (
            GEMINI,
            "gemini-3.8-flash-tts gemini-3-pro-image gemini-robotics-er-2 gemini-embedding-2 "
            "gemini-3.5-transcribe gemini-nano-banana-2.1 gemini-3-omni lyria-3 gemma-4",
        ),
        (COMPATIBLE, "nomic-embed-text whisper-large bge-m3 bge-reranker-v2 llama-guard4"),
    ],
)
def test_models_of_other_things_cannot_judge(provider: Provider, ids: str) -> None:
    assert [id_ for id_ in ids.split() if KNOWN.facts(provider).taste.can_judge(id_)] == []


def test_retired_models_are_left_out() -> None:
    models = infos("gpt-6-luna gpt-5@2026-11-22 gpt-4o@2027-01-14")
    assert {model.id for model in offered(KNOWN.facts(OPENAI).taste, models, TODAY)} == {
        "gpt-6-luna",
        "gpt-4o",
    }


def test_model_that_will_retire_says_when() -> None:
    (model,) = offered(KNOWN.facts(OPENAI).taste, infos("gpt-4o@2027-01-14"), TODAY)
    assert model.retires_on == date(2027, 1, 14)


def test_newer_numbers_come_first() -> None:
    models = infos("gpt-4o gpt-6-luna gpt-6.2-sol gpt-5.4-mini gpt-6.1-terra gpt-10-vega")
    assert [model.id for model in offered(KNOWN.facts(OPENAI).taste, models, TODAY)] == [
        "gpt-10-vega",
        "gpt-6.2-sol",
        "gpt-6.1-terra",
        "gpt-6-luna",
        "gpt-5.4-mini",
        "gpt-4o",
    ]


def test_neither_a_date_nor_a_size_is_a_version() -> None:
    models = infos(
        "llama3.1:70b mixtral-8x22b-v1 deepseek-v4-0528 gpt-oss-120b qwen4:8b-2026-05-01"
    )
    assert [model.id for model in offered(KNOWN.facts(COMPATIBLE).taste, models, TODAY)] == [
        "deepseek-v4-0528",
        "qwen4:8b-2026-05-01",
        "llama3.1:70b",
        "mixtral-8x22b-v1",
        "gpt-oss-120b",
    ]


@pytest.mark.parametrize(
    ("provider", "ids", "choice"),
    [
        (
            OPENAI,
            "gpt-4o gpt-6-astra gpt-6-luna gpt-6.1-terra gpt-6.1-sol gpt-6.2-sol",
            ("gpt-6-luna", "gpt-6.2-sol"),
        ),
        (
            OPENAI,
            "gpt-5.4-mini gpt-5.6-luna gpt-5.6-sol",
            ("gpt-5.6-luna", "gpt-5.6-sol"),
        ),
        (OPENAI, "gpt-4o gpt-4o-mini gpt-4.1 gpt-4.1-mini o3", ("gpt-4.1-mini", "gpt-4.1")),
        (
            ANTHROPIC,
            "claude-opus-5-5 claude-sonnet-5-5 claude-haiku-5-5 claude-haiku-4-5",
            ("claude-haiku-5-5", "claude-sonnet-5-5"),
        ),
        (
            ANTHROPIC,
            "claude-opus-4-8 claude-haiku-4-5-20251001",
            ("claude-haiku-4-5-20251001", "claude-opus-4-8"),
        ),
        (
            GEMINI,
            "gemini-flash-latest gemini-3.8-flash gemini-4-hydrogen gemini-pro-latest",
            ("gemini-3.8-flash", "gemini-4-hydrogen"),
        ),
        (
            GEMINI,
            "gemini-flash-latest gemini-pro-latest",
            ("gemini-flash-latest", "gemini-pro-latest"),
        ),
        (COMPATIBLE, "llama4:8b", ("llama4:8b", "llama4:8b")),
        (COMPATIBLE, "", (None, None)),
    ],
)
def test_preselection(provider: Provider, ids: str, choice: tuple[str, str]) -> None:
    assert ranked(KNOWN.facts(provider).taste, infos(ids), TODAY) == choice


def test_model_that_will_retire_is_not_preselected() -> None:
    models = infos("gpt-6-luna@2026-12-24 gpt-5.6-luna gpt-6.2-sol")
    assert ranked(KNOWN.facts(OPENAI).taste, models, TODAY)[0] == "gpt-5.6-luna"


def test_model_that_will_retire_is_better_than_none() -> None:
    assert ranked(KNOWN.facts(OPENAI).taste, infos("gpt-4o@2027-01-14"), TODAY) == (
        "gpt-4o",
        "gpt-4o",
    )
