"""A resume that was handed in: its text, and the profile read from it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.domain.document import DocumentText
from core.domain.profile import CandidateProfile


@dataclass(frozen=True, slots=True)
class Resume:
    """One resume of a candidate. `profile` may have been corrected by the candidate.

    `read_by` names the model that read it too (`provider/model`), empty where only the rules did.
    """

    id: UUID
    document: DocumentText
    profile: CandidateProfile
    uploaded_at: datetime
    read_by: str = ""
