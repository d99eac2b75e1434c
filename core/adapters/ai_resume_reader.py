"""A language model that reads a resume, laid over what the rules read, every fact with its place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from secrets import token_hex

from core.adapters.model_conversation import ask
from core.domain.document import MAX_CHARACTERS, DocumentKind, DocumentText
from core.domain.errors import ModelError, ModelFault
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import Attachment
from core.domain.profile import CandidateProfile
from core.domain.resume import Resume
from core.evaluation.reply_json import parse_reply
from core.parsing.model_profile import laid_over
from core.ports import LanguageModel
from core.prompting.read_resume import ResumeReply, ScanReply, resume_request

_PDF = "application/pdf"


class AIResumeReader:
    """Fulfils `core.ports.ResumeReader`. `read_profile` reads text by rules, `suggest` names a role."""

    def __init__(
        self,
        model: LanguageModel,
        read_profile: Callable[[str], CandidateProfile],
        suggest: Callable[[CandidateProfile], CandidateProfile],
        clean: Callable[[str], str],
        today: Callable[[], date],
    ) -> None:
        """Take the model, and the rules that its reading is laid over."""
        self._model = model
        self._read_profile = read_profile
        self._suggest = suggest
        self._clean = clean
        self._today = today
        self._name = InterviewerChoice(model.provider, model.model).name

    def read(self, resume: Resume, is_cancelled: Callable[[], bool]) -> Resume:
        """One call; facts without words in the text are dropped."""
        request = resume_request(resume.document.text, token_hex(6))
        reply, _ = ask(
            self._model, request, lambda text: parse_reply(text, ResumeReply), is_cancelled
        )
        return self._laid_over(resume, reply)

    def read_scan(
        self, resume: Resume, attachment: Attachment, is_cancelled: Callable[[], bool]
    ) -> Resume:
        """One call with the file itself: its words first, then what they say."""
        request = resume_request("", token_hex(6), attachment)
        reply, _ = ask(
            self._model, request, lambda text: parse_reply(text, ScanReply), is_cancelled
        )
        text = self._clean(reply.text).strip()[:MAX_CHARACTERS]
        if not text:
            raise ModelError(ModelFault.MALFORMED, self._model.label)
        kind = DocumentKind.PDF if attachment.media_type == _PDF else DocumentKind.PICTURE
        scanned = replace(
            resume, document=DocumentText(text, kind), profile=self._read_profile(text)
        )
        return self._laid_over(scanned, reply.resume)

    def _laid_over(self, resume: Resume, reply: ResumeReply) -> Resume:
        profile = laid_over(resume.profile, reply, resume.document.text, self._today())
        return replace(resume, profile=self._suggest(profile), read_by=self._name)
