"""Documents are read in a child process: every kind of file, within limits, refused in plain words."""

import hashlib
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.adapters import document_reader
from core.adapters.document_reader import ChildProcessDocumentReader
from core.adapters.document_refusals import refusal
from core.adapters.held_child import ENVIRONMENT, end_when_heavy
from core.adapters.parser_child import answer_for
from core.adapters.plain_text import plain_text
from core.domain.document import MAX_BYTES, MAX_CHARACTERS, DocumentKind, DocumentText
from core.domain.errors import Unreadable, UnreadableDocumentError
from tests.adapters.documents import (
    BENCH_DATA,
    docx_of,
    needs_bench_data,
    odt_of,
    paragraph,
    pdf_of,
)
from tests.adapters.old_documents import doc_of

A_PDF = pdf_of([(50, 700, "Ana Teixeira"), (50, 686, "Data Engineer")])
A_DOCX = docx_of(paragraph("Ana Teixeira") + paragraph("Data Engineer"))
A_DOC = doc_of("Ana Teixeira\r", "Data Engineer\r")
AN_ODT = odt_of("<text:p>Ana Teixeira</text:p><text:p>Data Engineer</text:p>")
AN_RTF = rb"{\rtf1 Ana Teixeira\par Data Engineer\par}"
A_MARKDOWN = b"**Ana** [Teixeira](#a)\n*Data* **Engineer**"
A_TEXT = b"Ana Teixeira\r\nData Engineer\r\n"

SAMPLE = 40
MUST_BE_SAMPLED = ("bomb__", "slow__")
SECONDS_EACH = 16


def cause_of(content: bytes, reader: ChildProcessDocumentReader | None = None) -> Unreadable:
    with pytest.raises(UnreadableDocumentError) as caught:
        (reader or ChildProcessDocumentReader()).read(content)
    return caught.value.cause


# Kinds


@pytest.mark.parametrize(
    ("content", "kind", "pages"),
    [
        (A_PDF, DocumentKind.PDF, 1),
        (A_DOCX, DocumentKind.DOCX, None),
        (A_DOC, DocumentKind.DOC, None),
        (AN_ODT, DocumentKind.ODT, None),
        (AN_RTF, DocumentKind.RTF, None),
        (A_MARKDOWN, DocumentKind.MARKDOWN, None),
        (A_TEXT, DocumentKind.TEXT, None),
    ],
    ids=["pdf", "docx", "doc", "odt", "rtf", "markdown", "text"],
)
def test_each_kind_is_read(content: bytes, kind: DocumentKind, pages: int | None) -> None:
    expected = DocumentText("Ana Teixeira\nData Engineer", kind, pages)
    assert ChildProcessDocumentReader().read(content) == expected


def test_a_pdf_without_text_is_told_to_be_a_scan() -> None:
    with pytest.raises(UnreadableDocumentError, match="pictures of text"):
        ChildProcessDocumentReader().read(pdf_of([]))


@pytest.mark.parametrize("content", [b" \n \n", docx_of(paragraph("—"))], ids=["text", "docx"])
def test_a_document_without_a_letter_has_no_text(content: bytes) -> None:
    assert answer_for(content)["cause"] == Unreadable.NO_TEXT


def test_text_beyond_the_limit_is_left_out_and_said_to_be() -> None:
    answer = answer_for(b"word " * (MAX_CHARACTERS // 4))
    assert answer["is_truncated"]
    assert len(answer["text"]) <= MAX_CHARACTERS


# Limits


def test_an_empty_file_is_refused_without_a_child() -> None:
    assert cause_of(b"") is Unreadable.EMPTY_FILE


def test_a_file_over_the_size_limit_is_refused_without_a_child() -> None:
    assert cause_of(bytes(MAX_BYTES + 1)) is Unreadable.TOO_LARGE


def test_a_child_that_takes_too_long_is_ended() -> None:
    assert cause_of(A_PDF, ChildProcessDocumentReader(wall_seconds=0.001)) is Unreadable.TOO_SLOW


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not hold the limit")
def test_a_child_that_takes_too_much_memory_is_ended() -> None:
    assert cause_of(A_PDF, ChildProcessDocumentReader(memory_mb=24)) is Unreadable.TOO_HEAVY


def test_a_reader_that_stays_busy_says_so() -> None:
    with document_reader._turn:
        assert cause_of(A_PDF, ChildProcessDocumentReader(queue_seconds=0)) is Unreadable.BUSY


def test_a_document_waits_for_the_one_before_it() -> None:
    document_reader._turn.acquire()
    threading.Timer(0.1, document_reader._turn.release).start()
    assert ChildProcessDocumentReader().read(A_TEXT).kind is DocumentKind.TEXT


def test_after_a_refusal_the_next_document_is_read() -> None:
    reader = ChildProcessDocumentReader()
    assert cause_of(b"\0\1\2", reader) is Unreadable.UNKNOWN_TYPE
    assert reader.read(A_TEXT).kind is DocumentKind.TEXT


@pytest.mark.parametrize(
    ("returncode", "output", "cause"),
    [
        (-signal.SIGXCPU, b"", Unreadable.TOO_SLOW),
        (-signal.SIGKILL, b"", Unreadable.TOO_HEAVY),
        (1, b"", Unreadable.TOO_HEAVY),
        (-signal.SIGSEGV, b"", Unreadable.DAMAGED),
        (0, b"no answer", Unreadable.DAMAGED),
    ],
)
def test_a_child_without_an_answer_has_a_cause(
    returncode: int, output: bytes, cause: Unreadable
) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        document_reader._document(returncode, output)
    assert caught.value.cause is cause


@pytest.fixture
def sleeping_child() -> Iterator["subprocess.Popen[bytes]"]:
    code = "import time; kept = bytearray(80_000_000); time.sleep(30)"
    with subprocess.Popen([sys.executable, "-I", "-c", code], start_new_session=True) as child:
        yield child
        child.kill()


@pytest.mark.skipif(not Path("/bin/ps").exists(), reason="there is no ps here")
def test_the_watch_ends_a_child_that_grows_too_large(
    sleeping_child: "subprocess.Popen[bytes]",
) -> None:
    is_too_heavy = threading.Event()
    end_when_heavy(sleeping_child, 40, is_too_heavy)
    assert is_too_heavy.is_set()
    assert sleeping_child.wait(timeout=5) == -signal.SIGKILL


# The child


def run_in_child(code: str) -> str:
    """What code prints when it runs as the child does."""
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.append(sys.argv[1]); {code}"]
    root = str(Path(document_reader.__file__).parents[2])
    return subprocess.run(
        [*command, root],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_the_child_sees_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-for-children")
    names = json.loads(run_in_child("import os, json; print(json.dumps(sorted(os.environ)))"))
    assert set(names) <= {"LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "PATH", "__CF_USER_TEXT_ENCODING"}


def test_the_child_loads_nothing_heavy() -> None:
    code = (
        "import json, core.adapters.parser_child, core.adapters.pdf_reader, core.adapters.docx_reader;"
        "import core.adapters.doc_reader, core.adapters.odt_reader, core.adapters.rtf_reader;"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    loaded = set(json.loads(run_in_child(code)))
    assert not loaded & {
        "streamlit",
        "pandas",
        "numpy",
        "sqlalchemy",
        "pydantic",
        "fastapi",
        "yaml",
    }


# Sentences


@pytest.mark.parametrize("cause", Unreadable)
def test_every_refusal_says_what_to_do(cause: Unreadable) -> None:
    sentence = str(refusal(cause))
    assert "paste the text" in sentence.lower()
    assert sentence.endswith(".")


# Plain text


@pytest.mark.parametrize(
    ("found", "plain"),
    [
        ("one\r\ntwo\rthree\x0cfour", "one\ntwo\nthree\nfour"),
        ("a\n\n\n\n\n\nb", "a\n\n\nb"),
        ("\n\n  a  \n\n", "  a"),
        ("safe\u202eevil\u2066\u200b\ufeff", "safeevil"),
        ("bell\x07 \x1b[31mred", "bell [31mred"),
        ("Zoe\u0308", "Zoë"),
        ("eﬃcient ﬁle", "efficient file"),
        ("exam\u00adple", "example"),
        ("wide\u00a0\u2003space", "wide  space"),
        ("cell\tcell", "cell   cell"),
        ("icon \uf0e0 mail", "icon  mail"),
    ],
)
def test_text_is_made_plain(found: str, plain: str) -> None:
    assert plain_text(found) == plain


@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain_text(plain_text(text)) == plain_text(text)


# Anything


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([A_PDF, A_DOCX, A_DOC, AN_ODT, AN_RTF]), st.data())
def test_a_damaged_file_is_read_or_refused(content: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(content) - 1))
    damage = data.draw(st.binary(min_size=1, max_size=20))
    with suppress(UnreadableDocumentError):
        ChildProcessDocumentReader().read(content[:place] + damage + content[place + len(damage) :])


def hostile_files() -> list[Path]:
    """Every bomb and slow file, and as many others as fit, chosen by the digest of their names."""
    files = sorted(
        (BENCH_DATA / "hostile_files").glob("*"),
        key=lambda path: (
            not path.name.startswith(MUST_BE_SAMPLED),
            hashlib.sha256(path.name.encode()).hexdigest(),
        ),
    )
    return files[:SAMPLE]


@needs_bench_data
@pytest.mark.slow
@pytest.mark.parametrize("path", hostile_files(), ids=lambda path: path.name)
def test_a_hostile_file_is_read_or_refused_in_time(path: Path) -> None:
    began = time.monotonic()
    with suppress(UnreadableDocumentError):
        assert ChildProcessDocumentReader().read(path.read_bytes()).text
    assert time.monotonic() - began < SECONDS_EACH


@needs_bench_data
@pytest.mark.parametrize("name", ["latexcv_two_column", "rendercv_classic", "rendercv_sb2nov"])
def test_a_real_resume_is_free_of_what_is_not_seen(name: str) -> None:
    document = ChildProcessDocumentReader().read((BENCH_DATA / f"resumes/{name}.pdf").read_bytes())
    assert document.text == plain_text(document.text)
    assert not document.is_truncated
