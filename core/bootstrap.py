"""The only place that picks adapters and puts the product together.

What the first page does without is imported when it is needed, or by `warm` beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, partial
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Engine

from core.adapters import report_files
from core.adapters.address_seal import address_seal
from core.adapters.aes_vault import AesVault
from core.adapters.chosen_interviewers import ChosenInterviewers
from core.adapters.content_files import read_samples
from core.adapters.declared_providers import declarations
from core.adapters.document_reader import ChildProcessDocumentReader
from core.adapters.fsrs_schedule import due_day
from core.adapters.job_pool import JobPool
from core.adapters.keyed_services import KeyedServices
from core.adapters.lent_keys import MemoryLentKeys
from core.adapters.living_processes import LivingProcesses
from core.adapters.memory_keys import MemoryKeys
from core.adapters.memory_visits import MemoryVisits
from core.adapters.model_catalogue import ModelMenu
from core.adapters.model_factory import ModelFactory
from core.adapters.parcel_files import parcel_as_zip, parcel_from_file
from core.adapters.plain_text import plain_text
from core.adapters.sound_reader import ChildProcessSoundReader
from core.adapters.sql_accounts import SqlAccountStore
from core.adapters.sql_answer_texts import SqlAnswerTexts
from core.adapters.sql_audit import SqlAuditLog
from core.adapters.sql_guests import SqlGuests
from core.adapters.sql_keys import SqlKeyChecks, SqlKeyStore, resealing
from core.adapters.sql_limits import SqlLimits
from core.adapters.sql_practice import SqlPracticeStore
from core.adapters.sql_preparations import SqlPreparationStore
from core.adapters.sql_real_questions import SqlRealQuestionStore
from core.adapters.sql_recordings import SqlRecordingStore
from core.adapters.sql_replies import SqlReplyStore
from core.adapters.sql_resume_files import SqlResumeFiles
from core.adapters.sql_shares import SqlShareStore
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tokens import SqlTokenStore
from core.adapters.system_clock import SystemClock
from core.config import AppMode, GuestMode, Settings, settings
from core.domain.content import Content, Sample
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import Provider
from core.domain.limits import Limited, Rule
from core.domain.provider import Providers
from core.domain.provider_key import Secret
from core.domain.report import Report
from core.domain.report_table import scores_table
from core.domain.tables import as_csv
from core.ports import Clock, Interviewers, InterviewStore
from core.services.exporting import Exporting
from core.services.filing import Filing
from core.services.guarding import Admission, Auditing, Limiting, Visiting
from core.services.interviewer_work import InterviewerWork
from core.services.interviewing import Interviewing
from core.services.keys import Keys
from core.services.lending import Lending
from core.services.parcels import Parcels
from core.services.practising import Practising
from core.services.preparation_maps import PreparationMaps
from core.services.preparing import Preparing
from core.services.progressing import Progressing
from core.services.remembering import Remembering
from core.services.replies import Replies
from core.services.resume_reading import ResumeReading
from core.services.sharing import Sharing
from core.services.signing_in import SigningIn
from core.services.speaking import Speaking
from core.services.storytelling import Storytelling
from core.services.tokens import Tokens
from core.services.transcribing import Transcribing
from core.services.voicing import Voicing
from core.services.vouching import Vouching
from core.wiring.outside import (
    chosen_transcribers,
    chosen_voices,
    hide_keys,
    model_factory,
    sign_in_service,
    vouchers,
)
from core.wiring.reading import (
    DATA,
    all_content,
    built_in,
    find_skills,
    lexicon,
    profile_of,
    resume_reader,
    skill_names,
    technologies,
)
from core.wiring.storage import master_keys, open_store, resume_files

if TYPE_CHECKING:
    from core.adapters.lone_judge import LoneJudge

PROCESSES = "processes"
HOUR_SECONDS = 3600.0
_making = Lock()


@dataclass(frozen=True, slots=True)
class Files:
    """Reports, profiles and histories as the files that people download."""

    content: Content

    def report_markdown(self, report: Report) -> str:
        """A report to read or print."""
        return report_files.report_as_markdown(report, self.content)

    def report_pdf(self, report: Report) -> bytes:
        """A report to print or to hand on; the PDF library is imported when it is first needed."""
        from core.adapters.pdf_report import report_as_pdf

        return report_as_pdf(report, self.content)

    def report_csv(self, report: Report) -> str:
        """The scores of a report for a spreadsheet."""
        titles = {key: found.title for key, found in self.content.competencies.items()}
        return as_csv(scores_table(report, titles))

    report_json = staticmethod(report_files.report_as_json)
    profile_json = staticmethod(report_files.profile_as_json)
    history_json = staticmethod(report_files.history_as_json)
    history_from_json = staticmethod(report_files.history_from_json)
    parcel_as_zip = staticmethod(parcel_as_zip)
    parcel_from_file = staticmethod(parcel_from_file)


@dataclass(frozen=True, slots=True)
class Guard:
    """What stands around the use cases: who is there, who may come in, limits, and what is noted."""

    visiting: Visiting
    admission: Admission
    limiting: Limiting
    auditing: Auditing


@dataclass(frozen=True, slots=True)
class Application:
    """The use cases with everything they need, for pages, API and command line alike."""

    settings: Settings
    content: Content
    samples: tuple[Sample, ...]
    clock: Clock
    preparing: Preparing
    interviewing: Interviewing
    transcribing: Transcribing
    speaking: Speaking
    voicing: Voicing
    practising: Practising
    storytelling: Storytelling
    remembering: Remembering
    exporting: Exporting
    filing: Filing
    parcels: Parcels
    progressing: Progressing
    sharing: Sharing
    preparation_maps: PreparationMaps
    files: Files
    resume_reading: ResumeReading
    keys: Keys
    interviewers: Interviewers
    menu: ModelMenu
    providers: Providers
    tokens: Tokens
    replies: Replies
    lending: Lending
    guard: Guard
    signing_in: SigningIn
    vouching: Vouching
    close: Callable[[], None]
    """Closes the connections to the database."""


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


def providers() -> Providers:
    """Who can be chosen to run the models; the same in every process of this installation."""
    return ModelFactory(declarations()).providers


def lone_judge(
    app: Application, provider: Provider, model: str = "", base_url: str = "", key: str = ""
) -> "LoneJudge":
    """A model that judges single answers, for the command line and benches: always local.

    Without a `model` the provider's list is asked for the fast one. ModelError where there is none.
    """
    from core.adapters.ai_interviewer import AIInterviewer
    from core.adapters.lone_judge import LoneJudge

    models = model_factory(app.settings.model_copy(update={"app_mode": AppMode.LOCAL}))
    secret = Secret(key)
    model = model or app.menu.preferred(provider, models.list_models(provider, secret, base_url))
    if not model:
        raise ModelError(ModelFault.MODEL_UNKNOWN, app.providers.label(provider))
    language_model = models.make(provider, secret, model, base_url)
    return LoneJudge(AIInterviewer(language_model, app.content, technologies))


def build(chosen: Settings) -> Application:
    """An application for these settings."""
    hide_keys()
    engine = open_store(chosen)  # first: where that fails, nothing else is done in vain
    clock = SystemClock()
    content = all_content()
    processes = LivingProcesses(chosen.database_path.with_name(PROCESSES))
    store = SqlStore(engine, clock, processes.is_dead)
    guard = _guard(chosen, engine, clock, lambda user_id: bool(accounts.identities(user_id)))
    take, record = guard.limiting.take, guard.auditing.record
    filing = Filing(SqlResumeFiles(engine), resume_files(chosen), clock, record)
    recordings = SqlRecordingStore(engine)
    practice = built_in()
    models = model_factory(chosen)
    session_keys = MemoryKeys(clock)
    services = KeyedServices(models)
    keys = replace(_keys(chosen, engine, services, session_keys, clock), record=record)
    accounts = SqlAccountStore(engine, resealing(keys.vault))
    lent_keys = MemoryLentKeys()
    jobs = JobPool()
    transcribing = Transcribing(
        ChildProcessSoundReader(chosen.parser_memory_mb),
        chosen_transcribers(chosen, keys, lent_keys),
        jobs,
    )
    real_questions = SqlRealQuestionStore(engine, clock)
    preparations = SqlPreparationStore(engine, clock)
    answer_texts = SqlAnswerTexts(engine)
    practising = Practising(store, SqlPracticeStore(engine), due_day, clock, content)
    exporting = Exporting(
        store,
        real_questions,
        preparations,
        session_keys,
        practising.take_in_all,
        take,
        record,
        filing.delete_all,
    )
    interviewers = ChosenInterviewers(
        practice,
        lambda user_id, provider: (
            lent_keys.key(user_id, provider) or keys.open_key(user_id, provider)
        ),
        models,
        content,
        technologies,
        partial(resume_reader, content, clock),
    )
    work = InterviewerWork(
        store=store,
        interviewers=interviewers,
        jobs=jobs,
        clock=clock,
        owner=processes.owner,
        after_judging=practising.take_in,
        take=take,
    )
    return Application(
        settings=chosen,
        content=content,
        samples=read_samples(DATA),
        clock=clock,
        preparing=_preparing(chosen, store, clock, guard, filing),
        interviewing=Interviewing(
            store=store,
            work=work,
            clock=clock,
            content=content,
            find_skills=skill_names,
            plan=practice.plan,
            glance=practice.glance,
            take=take,
            record=record,
        ),
        transcribing=transcribing,
        speaking=Speaking(store, recordings, transcribing, skill_names, clock, processes.owner),
        voicing=Voicing(store, chosen_voices(chosen, keys), jobs),
        practising=practising,
        remembering=Remembering(real_questions, clock),
        storytelling=Storytelling(store, answer_texts, content),
        exporting=exporting,
        filing=filing,
        parcels=Parcels(exporting, filing, recordings, store),
        progressing=Progressing(store),
        sharing=Sharing(SqlShareStore(engine), store, clock, record),
        preparation_maps=PreparationMaps(
            preparations, store, answer_texts, find_skills, content, clock
        ),
        files=Files(content),
        resume_reading=ResumeReading(store, interviewers, jobs, clock),
        keys=keys,
        interviewers=interviewers,
        menu=ModelMenu(clock, models.providers),
        providers=models.providers,
        tokens=Tokens(SqlTokenStore(engine), clock, record),
        replies=Replies(SqlReplyStore(engine), clock),
        lending=Lending(lent_keys, services.list_models, services.providers),
        vouching=Vouching(accounts, vouchers(chosen), clock),
        signing_in=_signing_in(
            chosen, accounts, session_keys, clock, guard, partial(_take_in, store, practising)
        ),
        guard=guard,
        close=engine.dispose,
    )


def _preparing(
    chosen: Settings, store: InterviewStore, clock: Clock, guard: Guard, filing: Filing
) -> Preparing:
    return Preparing(
        store=store,
        documents=ChildProcessDocumentReader(memory_mb=chosen.parser_memory_mb),
        read_profile=partial(profile_of, all_content(), clock),
        clean=plain_text,
        clock=clock,
        take=guard.limiting.take,
        record=guard.auditing.record,
        forget_files=filing.delete_all,
    )


def _signing_in(
    chosen: Settings,
    accounts: SqlAccountStore,
    session_keys: MemoryKeys,
    clock: Clock,
    guard: Guard,
    after_move: Callable[[UUID, tuple[UUID, ...]], None],
) -> SigningIn:
    return SigningIn(
        store=accounts,
        service=sign_in_service(chosen, clock),
        session_keys=session_keys,
        clock=clock,
        idle=timedelta(hours=chosen.session_idle_hours),
        lifetime=timedelta(days=chosen.session_days),
        after_move=after_move,
        record=guard.auditing.record,
    )


def _guard(
    chosen: Settings, engine: Engine, clock: Clock, is_account: Callable[[UUID], bool]
) -> Guard:
    """Limits, events and visits, whose addresses are kept as fingerprints alone."""
    seal = address_seal(master_keys(chosen))
    visits = MemoryVisits(seal)
    rules = _rules(chosen) if chosen.has_limits else {}
    return Guard(
        visiting=Visiting(visits, SqlGuests(engine), clock),
        admission=Admission(chosen.guests is GuestMode.ALLOWED, is_account),
        limiting=Limiting(
            SqlLimits(engine), rules, chosen.address_limit_factor, visits, seal, clock
        ),
        auditing=Auditing(SqlAuditLog(engine), visits, clock),
    )


def _rules(chosen: Settings) -> dict[Limited, Rule]:
    return {
        Limited.UPLOADS: Rule(chosen.uploads_per_hour, HOUR_SECONDS),
        Limited.INTERVIEWS: Rule(chosen.interviews_per_hour, HOUR_SECONDS),
        Limited.EVALUATIONS: Rule(chosen.evaluations_per_hour, HOUR_SECONDS),
        Limited.SIGN_IN_CODES: Rule(chosen.sign_in_codes_per_hour, HOUR_SECONDS),
        Limited.SIGN_IN_TRIES: Rule(chosen.sign_in_tries_per_hour, HOUR_SECONDS),
    }


def _keys(
    chosen: Settings,
    engine: Engine,
    services: KeyedServices,
    session_keys: MemoryKeys,
    clock: Clock,
) -> Keys:
    """Candidates' own keys: sealed in the database where there is a ring, else for the session."""
    ring = master_keys(chosen)
    return Keys(
        store=SqlKeyStore(engine, clock),
        vault=AesVault(ring, SqlKeyChecks(engine).keep_first) if ring else None,
        session_keys=session_keys,
        list_models=services.list_models,
        clock=clock,
        providers=services.providers,
    )


def _take_in(
    store: InterviewStore, practising: Practising, user_id: UUID, moved: tuple[UUID, ...]
) -> None:
    """Take interviews that moved into what is to be practised, which may have been known before."""
    practising.take_in_all(user_id, (store.interview(user_id, found) for found in moved))


def warm() -> None:
    """Make what the first interview needs, so that no candidate waits for it."""
    from core.adapters import ai_interviewer, ai_resume_reader  # noqa: F401 - the imports are the point
    from core.evaluation import story_bank  # noqa: F401
    from core.parsing import profile  # noqa: F401
    from core.speech import flags, measuring  # noqa: F401

    app = application()
    lexicon()
    app.interviewing.glance(app.content.opener, app.content.opener.reference_answer)
