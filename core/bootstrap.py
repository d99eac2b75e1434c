"""The only place that picks adapters and puts the product together."""

from dataclasses import dataclass
from functools import cache, partial
from threading import Lock
from uuid import uuid4

from core.adapters import report_files
from core.adapters.content_files import read_content, read_lexicon, read_samples
from core.adapters.database import open_sqlite
from core.adapters.document_reader import ChildProcessDocumentReader
from core.adapters.job_pool import JobPool
from core.adapters.plain_text import plain_text
from core.adapters.practice_interviewer import PracticeInterviewer
from core.adapters.sql_store import SqlStore
from core.adapters.system_clock import SystemClock
from core.config import ROOT, AppMode, Settings, settings
from core.domain.content import Content, Sample
from core.domain.profile import CandidateProfile
from core.domain.report import Report
from core.parsing.lexicon import SkillLexicon
from core.parsing.profile import read_profile
from core.ports import Clock, Interviewer
from core.services.exporting import Exporting
from core.services.interviewing import Interviewing
from core.services.preparing import Preparing

DATA = ROOT / "data"
_making = Lock()


@dataclass(frozen=True, slots=True)
class Files:
    """Reports, profiles and histories as the files that people download."""

    content: Content

    def report_markdown(self, report: Report) -> str:
        """A report to read or print."""
        return report_files.report_as_markdown(report, self.content)

    report_json = staticmethod(report_files.report_as_json)
    profile_json = staticmethod(report_files.profile_as_json)
    history_json = staticmethod(report_files.history_as_json)
    history_from_json = staticmethod(report_files.history_from_json)


@dataclass(frozen=True, slots=True)
class Application:
    """The use cases with everything they need, for pages, API and command line alike."""

    settings: Settings
    content: Content
    samples: tuple[Sample, ...]
    clock: Clock
    interviewer: Interviewer
    preparing: Preparing
    interviewing: Interviewing
    exporting: Exporting
    files: Files


def application() -> Application:
    """The process's one application, made at the first call from the process's settings."""
    with _making:  # pages run in threads: the first two must not make two
        return _application()


@cache
def _application() -> Application:
    return build(settings())


def forget_application() -> None:
    """Make the next call of `application` start from the environment again."""
    _application.cache_clear()
    settings.cache_clear()


def local_application() -> Application:
    """An application for the command line: always local, on the same store."""
    return build(settings().model_copy(update={"app_mode": AppMode.LOCAL}))


def build(chosen: Settings) -> Application:
    """An application for these settings."""
    clock = SystemClock()
    content = read_content(DATA)
    lexicon = read_lexicon(DATA)
    store = SqlStore(open_sqlite(chosen.database_path), clock)
    interviewer = PracticeInterviewer(content, DATA / "grader")
    return Application(
        settings=chosen,
        content=content,
        samples=read_samples(DATA),
        clock=clock,
        interviewer=interviewer,
        preparing=Preparing(
            store=store,
            documents=ChildProcessDocumentReader(memory_mb=chosen.parser_memory_mb),
            read_profile=partial(_profile, lexicon, content, clock),
            clean=plain_text,
            clock=clock,
        ),
        interviewing=Interviewing(
            store=store,
            interviewer=interviewer,
            jobs=JobPool(),
            clock=clock,
            owner=str(uuid4()),
            find_skills=partial(_skill_names, lexicon),
            find_role=content.role_named,
        ),
        exporting=Exporting(store),
        files=Files(content),
    )


def _profile(lexicon: SkillLexicon, content: Content, clock: Clock, text: str) -> CandidateProfile:
    return read_profile(text, lexicon, content.roles, clock.now().date())


def _skill_names(lexicon: SkillLexicon, text: str) -> frozenset[str]:
    return frozenset(skill.name for skill in lexicon.find(text) if not skill.is_soft)
