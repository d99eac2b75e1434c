import pytest

from core.domain.language_model import Attachment
from core.prompting.fences import RESUME_CHARACTERS
from core.prompting.read_resume import INSTRUCTIONS, resume_request
from tests.prompting.prompts import FRESH, HOSTILE, is_well_formed

_SCAN = Attachment(b"%PDF-", "application/pdf")


def test_resume_is_fenced_and_capped() -> None:
    request = resume_request("x" * 20_000, FRESH)
    assert "x" * RESUME_CHARACTERS in request.volatile
    assert len(request.volatile) < RESUME_CHARACTERS + 100


def test_scan_goes_along_and_its_words_are_asked_for_first() -> None:
    request = resume_request("", FRESH, _SCAN)
    assert request.attachment == _SCAN
    assert request.schema["required"] == ["text", "resume"]


def test_text_needs_no_transcription() -> None:
    request = resume_request("Ilva Brandmere", FRESH)
    assert request.attachment is None
    assert "text" not in str(request.schema["required"])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_resume_leaves_the_prompt_well_formed(text: str) -> None:
    request = resume_request(text, FRESH)
    assert is_well_formed(request)
    assert request.instructions == INSTRUCTIONS
