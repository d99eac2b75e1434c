"""A model as a judge of graded answers, over the stub and by exported requests."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.judge import main
from core.bootstrap import forget_application
from tests.stub_provider.interviewer import interviewer_reply
from tests.stub_provider.script import Status, StubRequest
from tests.stub_provider.server import StubProvider

KEY = "sk-test-0123456789abcdef"
QUESTION = "Why does a database index make reads faster and writes slower?"
REFERENCE = (
    "An index is a sorted structure beside the table, so a read finds its rows without a scan. "
    "Each write has to update the index as well, which costs time and space."
)
ROWS = (
    {"id": "whole", "answer": REFERENCE, "grade": 5},
    {"id": "half", "answer": "A read finds its rows without a scan of the table.", "grade": 3},
    {"id": "little", "answer": "It is something that makes the pages faster.", "grade": 1},
)


@pytest.fixture
def stub() -> Iterator[StubProvider]:
    with StubProvider(interviewer_reply) as running:
        yield running


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, stub: StubProvider) -> Iterator[None]:
    monkeypatch.setenv("PROVIDER_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_URL", stub.url_v1)
    forget_application()
    yield
    forget_application()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return written(tmp_path / "graded.jsonl", *ROWS)


def written(path: Path, *rows: dict[str, object]) -> Path:
    """A file of graded answers to one question."""
    common = {"question": QUESTION, "reference": REFERENCE}
    path.write_text("\n".join(json.dumps(common | row) for row in rows))
    return path


def cells(printed: str, name: str) -> list[str]:
    """The cells of one row of the table."""
    row = next(line for line in printed.splitlines() if line.startswith(f"| {name} |"))
    return [cell.strip() for cell in row.strip("|").split("|")][1:]


def exported(data: Path, *arguments: str) -> list[dict[str, object]]:
    """The requests that are written for these answers."""
    requests = data.with_name("requests.jsonl")
    assert main(["--data", str(data), "--export-prompts", str(requests), *arguments]) == 0
    return [json.loads(line) for line in requests.read_text("utf-8").splitlines()]


def replied(requests: list[dict[str, object]], path: Path, **changed: object) -> Path:
    """Replies as the stub's model writes them; `changed` by id instead."""
    rows = [{"id": r["id"], "reply": changed.get(str(r["id"]), _reply(r))} for r in requests]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def _reply(request: dict[str, object]) -> str:
    schema = request["schema"]
    assert isinstance(schema, dict)
    return interviewer_reply(
        StubRequest("", "", str(request["instructions"]), str(request["user"]), schema, {}, {}, "")
    )


def test_built_in_evaluator_judges_where_no_provider_is_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(data)]) == 0
    printed = capsys.readouterr().out
    assert (cells(printed, ""), cells(printed, "judged")) == (["built-in"], ["3"])
    assert float(cells(printed, "Pearson r")[0]) > 0.5


def test_model_stands_beside_the_built_in_evaluator(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(data), "--provider", "openai", "--model", "stub-model"]) == 0
    printed = capsys.readouterr().out
    assert cells(printed, "") == ["openai/stub-model", "built-in"]
    assert cells(printed, "judged") == ["3", "3"]
    assert cells(printed, "tokens") == ["450", "0"]  # three times the stub's 120 and 30


def test_model_is_asked_by_the_exported_request(data: Path, stub: StubProvider) -> None:
    (request,) = exported(data, "--limit", "1")
    main(["--data", str(data), "--limit", "1", "--provider", "openai", "--model", "stub-model"])
    (asked,) = stub.requests
    assert (asked.instructions, asked.schema) == (request["instructions"], request["schema"])
    assert asked.body["max_output_tokens"] == request["max_output_tokens"]
    assert REFERENCE in str(request["user"])


def test_export_asks_nobody(data: Path, stub: StubProvider) -> None:
    assert [request["id"] for request in exported(data)] == ["whole", "half", "little"]
    assert stub.requests == []


def test_replies_to_exported_requests_score_as_the_model_itself_does(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = replied(exported(data), tmp_path / "replies.jsonl")
    model = ["--provider", "openai", "--model", "stub-model"]
    assert main(["--data", str(data), "--replies", str(replies), *model]) == 0
    printed = capsys.readouterr().out
    assert cells(printed, "") == ["replies", "openai/stub-model", "built-in"]
    by_replies, by_model, _ = cells(printed, "RMSE (grades)")
    assert by_replies == by_model
    assert cells(printed, "measured on") == ["3", "3", "3"]


def test_unusable_reply_is_a_failure_without_a_score(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = replied(exported(data), tmp_path / "replies.jsonl", half="Quite good, four of five.")
    assert main(["--data", str(data), "--replies", str(replies)]) == 0
    printed = capsys.readouterr().out
    assert (cells(printed, "judged"), cells(printed, "failed")) == (["2", "3"], ["1", "0"])
    assert cells(printed, "measured on") == ["2", "2"]
    assert "replies failed ×1" in printed


def test_reply_that_rests_on_nothing_is_void(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    requests = exported(data)
    empty = json.loads(_reply(requests[0])) | {"evidence": ["never said by anybody"]}
    replies = replied(requests, tmp_path / "replies.jsonl", whole=empty)
    assert main(["--data", str(data), "--replies", str(replies)]) == 0
    printed = capsys.readouterr().out
    assert (cells(printed, "judged"), cells(printed, "void")) == (["2", "3"], ["1", "0"])


def test_answer_without_a_reply_is_not_asked_rather_than_failed(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = replied(exported(data)[:2], tmp_path / "replies.jsonl")
    assert main(["--data", str(data), "--replies", str(replies)]) == 0
    printed = capsys.readouterr().out
    assert (cells(printed, "not asked"), cells(printed, "failed")) == (["1", "0"], ["0", "0"])


def test_reply_to_another_file_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = tmp_path / "replies.jsonl"
    replies.write_text('{"id": "elsewhere", "reply": "{}"}')
    assert main(["--data", str(data), "--replies", str(replies)]) == 2
    assert "elsewhere" in capsys.readouterr().err


def test_passing_fault_costs_one_answer_its_score(
    data: Path, stub: StubProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    stub.then(Status(400))
    assert main(["--data", str(data), "--provider", "openai", "--model", "stub-model"]) == 0
    printed = capsys.readouterr().out
    assert (cells(printed, "judged"), cells(printed, "failed")) == (["2", "3"], ["1", "0"])


def test_refused_key_ends_the_bench_at_the_first_answer_and_is_not_printed(
    data: Path, stub: StubProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    stub.then(Status(401))
    assert main(["--data", str(data), "--provider", "openai", "--model", "stub-model"]) == 2
    printed = capsys.readouterr()
    assert "does not accept this key" in printed.err
    assert len(stub.requests) == 1
    assert KEY not in printed.out + printed.err


def test_scores_on_another_scale_become_grades_of_5(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"question_id": 7, "answer": row["answer"], "score": grade, "scale": [0, 2.5]}
        for row, grade in zip(ROWS, (2.5, 1.5, 0.5), strict=True)
    ]
    figures = []
    for path in (written(tmp_path / "scaled.jsonl", *rows), written(tmp_path / "g.jsonl", *ROWS)):
        main(["--data", str(path)])
        figures.append(cells(capsys.readouterr().out, "RMSE (grades)"))
    assert figures[0] == figures[1]


def test_golden_answers_are_graded_by_their_levels(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", "data/golden/answers.yaml", "--limit", "6"]) == 0
    assert cells(capsys.readouterr().out, "judged") == ["6"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"grade": 6}, "grade"),
        ({"grade": None}, "score"),
        ({"answer": "  "}, "no answer"),
        ({"id": "whole"}, "more than once"),
    ],
)
def test_unusable_line_ends_the_bench_with_a_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changed: dict[str, object],
    said: str,
) -> None:
    path = written(tmp_path / "graded.jsonl", ROWS[0], ROWS[1] | changed)
    assert main(["--data", str(path)]) == 2
    assert said in capsys.readouterr().err
