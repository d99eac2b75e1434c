"""The command line as a process, the way a shell sees it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.evaluation.replies import reply_text
from tests.spawner import ROOT, Order, spawn
from tests.stub_provider.interviewer import interviewer_reply
from tests.stub_provider.script import Status
from tests.stub_provider.server import StubProvider

QUESTION = "Why does a database index make reads faster and writes slower?"
REFERENCE = (
    "An index is a sorted structure beside the table, so a read finds its rows without scanning all of "
    "them. Each write has to update the index as well, which costs time and space."
)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "var"


def run(data_dir: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a process that has imported what it needs."""
    with TemporaryDirectory() as folder:
        given_in, output, errors, code = (
            Path(folder, name) for name in ("in", "out", "err", "code")
        )
        given_in.write_text(given)
        order = Order(
            module="cli",
            arguments=list(arguments),
            environment=os.environ | {"DATA_DIR": str(data_dir)},
            input=str(given_in),
            output=str(output),
            errors=str(errors),
            code=str(code),
        )
        ended = spawn(order).wait()
        return subprocess.CompletedProcess(arguments, ended, output.read_text(), errors.read_text())


def judge(data_dir: Path, *rows: object) -> list[dict[str, object]]:
    lines = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    done = run(data_dir, "evaluate", given=lines)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_resume_is_printed_as_json(data_dir: Path, tmp_path: Path) -> None:
    resume = tmp_path / "resume.txt"
    resume.write_text("Ada Example\nada@example.com\n\nSKILLS\nPython, PostgreSQL, Docker\n")
    done = run(data_dir, "resume", str(resume))
    profile = json.loads(done.stdout)
    assert profile["email"] == "ada@example.com"
    assert {"Python", "PostgreSQL", "Docker"} <= {skill["name"] for skill in profile["skills"]}


def test_unreadable_resume_exits_with_2_and_one_sentence(data_dir: Path, tmp_path: Path) -> None:
    picture = tmp_path / "resume.pdf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    done = run(data_dir, "resume", str(picture))
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_missing_file_exits_with_2(data_dir: Path, tmp_path: Path) -> None:
    done = run(data_dir, "resume", str(tmp_path / "nowhere.pdf"))
    assert done.returncode == 2
    assert "cannot be read" in done.stderr


def test_interview_with_answers_from_a_file_prints_a_report(data_dir: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text(
        "I build backends for shops.\n\nFirst I measure, because guessing costs time.\n"
    )
    done = run(
        data_dir,
        *("interview", "--role", "Backend Engineer", "--seniority", "mid", "--questions", "3"),
        *("--answers", str(answers), "--seed", "7", "--json"),
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["judged"], report["skipped"]) == (2, 1)


def test_same_seed_asks_the_same_first_questions(tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("I build backends for shops.")
    printed = [
        json.loads(
            run(
                tmp_path / folder,
                *("interview", "--role", "Data Engineer", "--questions", "4", "--json"),
                *("--answers", str(answers), "--seed", "11"),
            ).stdout
        )
        for folder in ("one", "two")
    ]
    asked = [[turn["question"]["id"] for turn in report["turns"]] for report in printed]
    assert asked[0] == asked[1]


def test_live_interview_takes_typed_answers_and_commands(data_dir: Path) -> None:
    typed = "Could you repeat that?\n\nI build backends for shops.\n\n/skip\n/skip\n"
    done = run(data_dir, "interview", "--role", "Beekeeper", "--questions", "2", given=typed)
    assert done.returncode == 0, done.stderr
    assert "Once more: Tell me about yourself" in done.stdout
    assert "1 answers judged, 1 skipped" in done.stdout


def test_interview_in_the_manner_of_a_company_reports_against_what_it_looks_for(
    data_dir: Path, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text(
        "I build backends for shops.\n\nFirst I measure, because guessing costs time."
    )
    done = run(
        data_dir,
        *("interview", "--role", "Backend Engineer", "--questions", "2", "--focus", "behavioral"),
        *("--company", "amazon", "--answers", str(answers), "--seed", "7", "--json"),
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["setup"]["company_name"], report["setup"]["persona"]) == ("Amazon", "demanding")
    judged = {v["competency"]: v["judged"] for v in report["company"]["values"]}
    assert (judged["ownership"], judged["conflict"]) == (1, 0)
    assert "Amazon is known to look for ownership." in report["turns"][1]["reason"]


def test_unknown_company_exits_with_2_and_names_those_there_are(data_dir: Path) -> None:
    done = run(data_dir, "interview", "--role", "Tester", "--company", "nowhere")
    assert done.returncode == 2
    assert "airbnb, amazon" in done.stderr


def test_too_many_questions_exit_with_2_and_say_how_many_are_possible(data_dir: Path) -> None:
    done = run(data_dir, "interview", "--role", "Backend Engineer", "--questions", "16")
    assert done.returncode == 2
    assert "between 1 and 15" in done.stderr


def test_right_answer_is_judged_above_a_refusal(data_dir: Path) -> None:
    row = {"question": QUESTION, "reference": REFERENCE}
    right, refusal = judge(
        data_dir,
        row
        | {
            "answer": "The index is a sorted structure, so reads need no full scan of the rows; "
            "every write must also update it, and that costs time."
        },
        row | {"answer": "I don't know."},
    )
    assert float(str(right["overall"])) >= float(str(refusal["overall"])) + 25
    assert right["evidence"]
    assert refusal["missing"]


def test_key_points_can_stand_in_for_a_reference(data_dir: Path) -> None:
    (judged,) = judge(
        data_dir,
        {
            "question": QUESTION,
            "key_points": [
                "A read finds its rows without scanning",
                "Each write updates the index",
            ],
            "answer": "A read finds its rows without scanning all of them.",
        },
    )
    assert judged["missing"] == ["Each write updates the index"]


def test_line_that_cannot_be_judged_says_why_and_the_next_goes_on(data_dir: Path) -> None:
    broken, empty, good = judge(
        data_dir,
        "no json",
        {"question": QUESTION, "reference": REFERENCE, "answer": "  "},
        {"question": QUESTION, "reference": REFERENCE, "answer": REFERENCE},
    )
    assert broken["overall"] is None
    assert "not a JSON object" in str(broken["error"])
    assert empty["overall"] is None
    assert float(str(good["overall"])) > 60


def test_command_line_sees_no_browser_guests_interviews(data_dir: Path) -> None:
    run(data_dir, "interview", "--role", "Tester", "--questions", "1", given="/skip\n/skip\n")
    from uuid import UUID

    from core.adapters.database import open_sqlite
    from core.adapters.sql_store import SqlStore
    from core.adapters.system_clock import SystemClock
    from core.services.accounts import LOCAL_CANDIDATE, guest_id, new_guest_token

    store = SqlStore(open_sqlite(data_dir / "interviews.db"), SystemClock())
    guest: UUID = guest_id(new_guest_token())
    assert len(store.interviews(LOCAL_CANDIDATE)) == 1
    assert store.interviews(guest) == ()


@pytest.fixture
def stub() -> Iterator[StubProvider]:
    with StubProvider(interviewer_reply) as running:
        yield running


def judge_by_model(
    data_dir: Path, stub: StubProvider, *arguments: str, key: str = "test-0123456789abcdef"
) -> subprocess.CompletedProcess[str]:
    row = {"question": QUESTION, "reference": REFERENCE, "answer": REFERENCE}
    return subprocess.run(
        [sys.executable, "-m", "cli", "evaluate", *arguments],
        cwd=ROOT,
        env=os.environ
        | {
            "DATA_DIR": str(data_dir),
            "PROVIDER_API_KEY": key,
            **{f"{provider.upper()}_API_URL": url for provider, url in stub.api_urls.items()},
        },
        input=json.dumps(row),
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("provider", ["openai", "anthropic", "gemini"])
def test_model_judges_from_the_shell(data_dir: Path, stub: StubProvider, provider: str) -> None:
    done = judge_by_model(data_dir, stub, "--provider", provider, "--model", "stub-model")
    judged = json.loads(done.stdout)
    assert judged["overall"] == 56.25
    assert all(quote["quote"] in REFERENCE for quote in judged["evidence"])


def test_compatible_server_needs_no_key(data_dir: Path, stub: StubProvider) -> None:
    done = judge_by_model(
        data_dir, stub, "--provider", "compatible", "--base-url", stub.url_v1, key=""
    )
    assert json.loads(done.stdout)["overall"] == 56.25


def test_model_that_cannot_be_reached_gives_no_score_but_an_error(
    data_dir: Path, stub: StubProvider
) -> None:
    stub.then(Status(401))
    done = judge_by_model(data_dir, stub, "--provider", "openai", "--model", "stub-model")
    judged = json.loads(done.stdout)
    assert judged["overall"] is None
    assert "does not accept this key" in judged["error"]


def test_key_that_lists_no_models_gives_no_score_but_an_error(
    data_dir: Path, stub: StubProvider
) -> None:
    stub.then(Status(401))
    done = judge_by_model(data_dir, stub, "--provider", "openai")
    judged = json.loads(done.stdout)
    assert judged["overall"] is None
    assert "does not accept this key" in judged["error"]


def test_judgement_that_rests_on_nothing_gives_no_score_but_an_error(
    data_dir: Path, stub: StubProvider
) -> None:
    stub.then(reply_text(evidence=["I led a team of forty"], key_points=[]))
    done = judge_by_model(data_dir, stub, "--provider", "gemini", "--model", "stub-model")
    judged = json.loads(done.stdout)
    assert judged["overall"] is None
    assert judged["error"].startswith("No score: ")


def test_realistic_interview_prints_all_judgements_at_the_end(
    data_dir: Path, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("I build backends for shops.\n\nFirst I measure, because guessing costs.\n")
    done = run(
        data_dir,
        *("interview", "--role", "Backend Engineer", "--questions", "3", "--way", "realistic"),
        *("--answers", str(answers), "--seed", "7", "--json"),
    )
    report = json.loads(done.stdout)
    assert (report["judged"], report["pending"], report["skipped"]) == (2, 0, 1)
