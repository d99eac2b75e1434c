"""Resumes: upload, look at, correct, delete."""

from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter, Request, UploadFile
from pydantic import TypeAdapter

from api.guarding import Caller, GuardedRoute, NewId
from api.wire_in import ProfileCorrection
from api.wire_out import ResumeOut, resume_out
from core.bootstrap import Application, application
from core.domain.errors import InvalidInputError, NotFoundError
from core.domain.profile import CandidateProfile
from core.domain.resume import Resume

router = APIRouter(route_class=GuardedRoute, tags=["resume"])
_PROFILE = TypeAdapter(CandidateProfile)
_readers = ThreadPoolExecutor(4, thread_name_prefix="upload")
"""Documents are read one at a time: uploads that wait for it take no thread from other requests."""


@router.post("/resume/upload", status_code=201, summary="Upload a resume")
async def upload_resume(
    file: UploadFile, caller: Caller, new_id: NewId, request: Request
) -> ResumeOut:
    """Read a document (PDF, DOCX, DOC, ODT, RTF, Markdown or text, at most 10 MiB) and keep its text.

    It is the candidate's resume from now on. What was read wrong can be corrected.
    """
    if len((await request.form()).multi_items()) > 1:
        raise InvalidInputError(
            "file", "Send one file, as the form's field “file”, and nothing else."
        )
    content = await file.read()
    app = application()
    reading = get_running_loop().run_in_executor(
        _readers, _kept, app, caller.user_id, new_id, content
    )
    return resume_out(await reading)


@router.get("/resume", summary="The current resume")
def current_resume(caller: Caller) -> ResumeOut:
    """The resume that was uploaded last."""
    return resume_out(_current(application(), caller.user_id))


@router.patch("/resume/{resume_id}/profile", summary="Correct what was read")
def correct_profile(resume_id: UUID, body: ProfileCorrection, caller: Caller) -> ResumeOut:
    """Replace the parts of the profile that are sent; all others stay."""
    app = application()
    resume = own_resume(app, caller.user_id, resume_id)
    sent = _PROFILE.validate_python(body.model_dump(exclude_unset=True))
    changes = {name: getattr(sent, name) for name in body.model_fields_set}
    corrected = replace(resume.profile, **changes)
    return resume_out(app.preparing.correct_profile(caller.user_id, resume, corrected))


@router.delete("/resume", status_code=204, summary="Delete the resume")
def delete_resume(caller: Caller) -> None:
    """Delete every resume of the candidate's; harmless where there is none."""
    application().preparing.forget_resume(caller.user_id)


def own_resume(app: Application, user_id: UUID, resume_id: UUID) -> Resume:
    """The candidate's current resume, by its id; NotFoundError where it is another one."""
    resume = _current(app, user_id)
    if resume.id != resume_id:
        raise NotFoundError("resume")
    return resume


def _current(app: Application, user_id: UUID) -> Resume:
    resume = app.preparing.current_resume(user_id)
    if resume is None:
        raise NotFoundError("resume")
    return resume


def _kept(app: Application, user_id: UUID, resume_id: UUID, content: bytes) -> Resume:
    read = app.preparing.read_upload(user_id, content)
    return app.preparing.keep_resume(user_id, replace(read, id=resume_id))
