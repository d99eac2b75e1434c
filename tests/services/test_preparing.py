from dataclasses import replace

import pytest

from core.adapters.plain_text import plain_text
from core.domain.document import MAX_CHARACTERS, DocumentKind
from core.domain.errors import InvalidInputError, Unreadable, UnreadableDocumentError
from core.domain.profile import CandidateProfile
from core.ports import DocumentReader
from core.services.preparing import Preparing
from tests.builders import ALICE, BOB, NOW, a_profile, a_started_interview
from tests.doubles import FrozenClock, MemoryStore, PlainTextReader, RefusingReader

_TEXT = "Ilva Brandmere\nBackend Engineer"


def _preparing(
    documents: DocumentReader | None = None, clock: FrozenClock | None = None
) -> Preparing:
    """Reads the first line of a resume as the name."""
    return Preparing(
        store=MemoryStore(),
        documents=documents or PlainTextReader(),
        read_profile=lambda text: CandidateProfile(name=text.splitlines()[0]),
        clean=plain_text,
        clock=clock or FrozenClock(),
    )


def test_file_becomes_a_resume_with_text_profile_and_time() -> None:
    resume = _preparing().read_resume(_TEXT.encode())
    assert (resume.document.text, resume.profile.name, resume.uploaded_at) == (
        _TEXT,
        "Ilva Brandmere",
        NOW,
    )


def test_every_resume_has_an_id_of_its_own() -> None:
    preparing = _preparing()
    assert preparing.read_pasted(_TEXT).id != preparing.read_pasted(_TEXT).id


def test_unreadable_file_is_refused_with_its_reason() -> None:
    error = UnreadableDocumentError(Unreadable.PASSWORD, "This PDF needs a password.")
    with pytest.raises(UnreadableDocumentError) as refused:
        _preparing(RefusingReader(error)).read_resume(b"%PDF-1.7")
    assert refused.value.cause is Unreadable.PASSWORD


def test_reading_stores_nothing() -> None:
    preparing = _preparing()
    preparing.read_resume(_TEXT.encode())
    preparing.read_pasted(_TEXT)
    assert preparing.current_resume(ALICE) is None


def test_pasted_text_becomes_a_resume() -> None:
    resume = _preparing().read_pasted(f"\n  {_TEXT}\n")
    assert (resume.document.text, resume.document.kind) == (_TEXT, DocumentKind.TEXT)


@pytest.mark.parametrize("text", ["", " ", "\n\t\n"])
def test_pasted_nothing_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        _preparing().read_pasted(text)
    assert refused.value.field == "resume"


def test_pasted_text_loses_its_control_and_bidi_characters() -> None:
    document = _preparing().read_pasted("Ilva\u202e Brand\0mere\x1b\nEngineer").document
    assert document.text == "Ilva Brandmere\nEngineer"


@pytest.mark.parametrize(("extra", "is_truncated"), [(0, False), (1, True)])
def test_pasted_text_is_cut_at_the_limit_and_says_so(extra: int, *, is_truncated: bool) -> None:
    document = _preparing().read_pasted("a" * (MAX_CHARACTERS + extra)).document
    assert (len(document.text), document.is_truncated) == (MAX_CHARACTERS, is_truncated)


def test_kept_resume_is_the_current_one() -> None:
    preparing = _preparing()
    resume = preparing.read_pasted(_TEXT)
    preparing.keep_resume(ALICE, resume)
    assert preparing.current_resume(ALICE) == resume


def test_resume_that_was_kept_last_is_the_current_one_although_it_was_read_first() -> None:
    clock = FrozenClock()
    preparing = _preparing(clock=clock)
    first = preparing.read_pasted(_TEXT)
    clock.advance(1)
    second = preparing.read_pasted("Odo Farrell")
    for resume in (second, first):
        clock.advance(1)
        preparing.keep_resume(ALICE, resume)
    current = preparing.current_resume(ALICE)
    assert current is not None
    assert current.id == first.id


def test_resume_of_another_candidate_is_not_shown() -> None:
    preparing = _preparing()
    preparing.keep_resume(ALICE, preparing.read_pasted(_TEXT))
    assert preparing.current_resume(BOB) is None


def test_corrected_profile_is_kept_with_the_text() -> None:
    preparing = _preparing()
    resume = preparing.read_pasted(_TEXT)
    preparing.keep_resume(ALICE, resume)
    corrected = preparing.correct_profile(ALICE, resume, a_profile())
    assert corrected == replace(resume, profile=a_profile())
    assert preparing.current_resume(ALICE) == corrected


def test_forgotten_resume_is_gone_and_interviews_stay() -> None:
    preparing = _preparing()
    preparing.keep_resume(ALICE, preparing.read_pasted(_TEXT))
    preparing.store.add_interview(ALICE, a_started_interview())
    preparing.forget_resume(ALICE)
    assert preparing.current_resume(ALICE) is None
    assert len(preparing.store.interviews(ALICE)) == 1
