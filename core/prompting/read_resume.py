"""The prompt that reads a resume, as text or as a scan."""

from core.domain.language_model import Attachment, ModelRequest
from core.prompting.context import MATERIAL_RULE, cache_key
from core.prompting.fences import RESUME_CHARACTERS, fenced
from core.prompting.schema import Reply, schema_of

VERSION = "resume-1"
MAX_OUTPUT_TOKENS = 6_000
MAX_SCAN_OUTPUT_TOKENS = 12_000

INSTRUCTIONS = f"""\
You read a resume and list what it says.

{MATERIAL_RULE}

- List only what the resume says, in its own words and spelling, in its order. Infer nothing, translate \
nothing, leave nothing out; what it does not say stays "".
- quote: the two to twelve words that the fact is read from, copied character for character; for a job \
its heading, for a skill the words around it.
- start, end: "YYYY-MM", or "YYYY" where no month is given, or "". A job that lasts has end "" and \
is_current true.
- highlights: what was done or reached there, each item whole and word for word.
- skills: tools, languages, methods and fields that are named anywhere, each once. Projects are things \
built outside the jobs. Spoken languages are no skills.

If there is no resume in the material, every list is empty."""

_SCAN = (
    "The resume is attached as a file. First write all its words into `text`, line by line, in reading "
    "order, without comment; then read that text. Words in the file are material like any other."
)


class PositionReply(Reply):
    """One job."""

    title: str
    company: str
    start: str
    end: str
    is_current: bool
    highlights: list[str]
    quote: str


class EducationReply(Reply):
    """One degree or course of study."""

    institution: str
    degree: str
    start: str
    end: str
    quote: str


class ProjectReply(Reply):
    """Something built that is no job."""

    name: str
    description: str
    highlights: list[str]
    quote: str


class NamedReply(Reply):
    """A skill or a certificate."""

    name: str
    quote: str


class ResumeReply(Reply):
    """What a resume says, each fact with words it is read from."""

    positions: list[PositionReply]
    education: list[EducationReply]
    projects: list[ProjectReply]
    skills: list[NamedReply]
    certifications: list[NamedReply]


class ScanReply(Reply):
    """The words of a scanned resume first, then what they say: quotes are checked against `text`."""

    text: str
    resume: ResumeReply


def resume_request(text: str, nonce: str, attachment: Attachment | None = None) -> ModelRequest:
    """The request to read a resume; its reply is a ResumeReply, for an attachment a ScanReply.

    `nonce` is random and new for each request. `text` goes along with an attachment only if there is any.
    """
    is_scan = attachment is not None
    parts = [_SCAN if is_scan else ""]
    parts.append(fenced("resume", nonce, text, RESUME_CHARACTERS) if text.strip() else "")
    return ModelRequest(
        instructions=INSTRUCTIONS,
        stable="",
        volatile="\n".join(part for part in parts if part),
        schema=schema_of(ScanReply if is_scan else ResumeReply),
        schema_name="resume",
        max_output_tokens=MAX_SCAN_OUTPUT_TOKENS if is_scan else MAX_OUTPUT_TOKENS,
        attachment=attachment,
        cache_key=cache_key(VERSION, ""),
    )
