"""The only place that picks adapters and puts the product together.

What the first page does without is imported when it is needed, or by `warm` beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Engine

from core.account_ports import SignInService, Vouchers
from core.adapters import report_files
from core.adapters.address_seal import address_seal
from core.adapters.aes_vault import AesVault
from core.adapters.chosen_interviewers import ChosenInterviewers
from core.adapters.chosen_transcribers import ChosenTranscribers
from core.adapters.chosen_voices import ChosenVoices
from core.adapters.content_files import read_content, read_lexicon, read_samples
from core.adapters.database import open_sqlite
from core.adapters.declared_providers import declarations
from core.adapters.deepgram_transcriber import KEY_PATTERNS
from core.adapters.document_reader import ChildProcessDocumentReader
from core.adapters.fsrs_schedule import due_day
from core.adapters.job_pool import JobPool
from core.adapters.key_maintenance import SqlKeyMaintenance
from core.adapters.key_ring_file import RING_FILE, file_ring
from core.adapters.keyed_services import KeyedServices
from core.adapters.lent_keys import MemoryLentKeys
from core.adapters.living_processes import LivingProcesses
from core.adapters.local_files import LocalFiles
from core.adapters.memory_keys import MemoryKeys
from core.adapters.memory_visits import MemoryVisits
from core.adapters.migrations import Migrations
from core.adapters.model_catalogue import ModelMenu
from core.adapters.model_factory import ModelFactory
from core.adapters.parcel_files import parcel_as_zip, parcel_from_file
from core.adapters.plain_text import plain_text
from core.adapters.postgres_schema import open_for_maintenance, open_postgres
from core.adapters.practice_interviewer import PracticeInterviewer
from core.adapters.redaction import install_redaction
from core.adapters.sound_reader import ChildProcessSoundReader
from core.adapters.sql_accounts import SqlAccountStore
from core.adapters.sql_answer_texts import SqlAnswerTexts
from core.adapters.sql_audit import SqlAuditLog
from core.adapters.sql_guests import SqlGuestMaintenance, SqlGuests
from core.adapters.sql_keys import SqlKeyChecks, SqlKeyStore, resealing
from core.adapters.sql_limits import SqlLimits
from core.adapters.sql_practice import SqlPracticeStore
from core.adapters.sql_preparations import SqlPreparationStore
from core.adapters.sql_real_questions import SqlRealQuestionStore
from core.adapters.sql_recordings import SqlRecordingStore
from core.adapters.sql_replies import SqlReplyStore
from core.adapters.sql_resume_files import SqlFileMaintenance, SqlResumeFiles
from core.adapters.sql_shares import SqlShareStore
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tokens import SqlTokenStore
from core.adapters.supabase_files import SupabaseFiles
from core.adapters.system_clock import SystemClock
from core.adapters.wall import OPEN_WALL, PUBLIC_WALL
from core.config import ROOT, AppMode, ConfigurationError, GuestMode, Settings, settings
from core.custody_ports import AuditReader, ResumeFiles
from core.domain.content import Content, Sample
from core.domain.errors import ModelError, ModelFault
from core.domain.key_ring import KeyRing
from core.domain.language_model import Provider
from core.domain.limits import Limited, Rule
from core.domain.profile import CandidateProfile, Skill
from core.domain.provider import Providers
from core.domain.provider_key import Secret
from core.domain.report import Report
from core.domain.report_table import scores_table
from core.domain.tables import as_csv
from core.key_ports import KeyMaintenance
from core.ports import Clock, Interviewers, InterviewStore, LanguageModel
from core.services.exporting import Exporting
from core.services.filing import Filing, Sweeping
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
from core.services.retiring import Retiring
from core.services.sharing import Sharing
from core.services.signing_in import SigningIn
from core.services.speaking import Speaking
from core.services.storytelling import Storytelling
from core.services.tokens import Tokens
from core.services.transcribing import Transcribing
from core.services.voicing import Voicing
from core.services.vouching import Vouching

if TYPE_CHECKING:
    from core.adapters.ai_resume_reader import AIResumeReader
    from core.adapters.lone_judge import LoneJudge
    from core.parsing.lexicon import SkillLexicon

DATA = ROOT / "data"
PROCESSES = "processes"
RESUME_FILES = "resume-files"
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

    models = _models(app.settings.model_copy(update={"app_mode": AppMode.LOCAL}))
    secret = Secret(key)
    model = model or app.menu.preferred(provider, models.list_models(provider, secret, base_url))
    if not model:
        raise ModelError(ModelFault.MODEL_UNKNOWN, app.providers.label(provider))
    language_model = models.make(provider, secret, model, base_url)
    return LoneJudge(AIInterviewer(language_model, app.content, _skill_names))


def key_maintenance() -> KeyMaintenance:
    """Work on all stored keys, for the command line; ConfigurationError where no master key is found.

    The file beside the database is taken in every mode where the setting is empty: it was made by an
    app in local mode, and a shell does not know the app's mode.
    """
    _hide_keys()
    chosen = settings()
    if _ring_file(chosen).exists():
        chosen = chosen.model_copy(update={"app_mode": AppMode.LOCAL})
    ring = _ring(chosen)
    if ring is None:
        message = (
            "No master key is found: set APP_ENCRYPTION_KEYS, "
            f"or DATA_DIR to the folder that has {RING_FILE}."
        )
        raise ConfigurationError(message)
    engine = _open_for_maintenance(chosen)
    return SqlKeyMaintenance(engine, AesVault(ring, SqlKeyChecks(engine).keep_first))


def database_migration() -> Callable[[], tuple[str, ...]]:
    """What brings the hosted database up to date and returns the names of the files it applied.

    For the command line; ConfigurationError where no owner's address is set.
    """
    _hide_keys()
    return Migrations(_owner_url(settings())).apply


@dataclass(frozen=True, slots=True)
class Custody:
    """Work on all candidates' data at once, for the command line."""

    retiring: Retiring
    sweeping: Sweeping
    audit: AuditReader
    clock: Clock
    close: Callable[[], None]
    """Closes the connections to the database."""


def custody() -> Custody:
    """What lets go of guests and of files and reads what happened; ConfigurationError where Postgres' owner is not named."""
    _hide_keys()
    chosen = settings()
    engine, clock, files = _open_for_maintenance(chosen), SystemClock(), _resume_files(chosen)
    maintenance, log = SqlFileMaintenance(engine), SqlAuditLog(engine, is_maintenance=True)
    days = chosen.guest_retention_days
    return Custody(
        Retiring(SqlGuestMaintenance(engine), maintenance, files, log, clock, days),
        Sweeping(maintenance, files, clock),
        log,
        clock,
        engine.dispose,
    )


def build(chosen: Settings) -> Application:
    """An application for these settings."""
    _hide_keys()
    engine = _open(chosen)  # first: where that fails, nothing else is done in vain
    clock = SystemClock()
    content = _content()
    processes = LivingProcesses(chosen.database_path.with_name(PROCESSES))
    store = SqlStore(engine, clock, processes.is_dead)
    guard = _guard(chosen, engine, clock, lambda user_id: bool(accounts.identities(user_id)))
    take, record = guard.limiting.take, guard.auditing.record
    filing = Filing(SqlResumeFiles(engine), _resume_files(chosen), clock, record)
    recordings = SqlRecordingStore(engine)
    practice = _built_in()
    models = _models(chosen)
    session_keys = MemoryKeys(clock)
    services = KeyedServices(models)
    keys = replace(_keys(chosen, engine, services, session_keys, clock), record=record)
    accounts = SqlAccountStore(engine, resealing(keys.vault))
    lent_keys = MemoryLentKeys()
    jobs = JobPool()
    transcribing = Transcribing(
        ChildProcessSoundReader(chosen.parser_memory_mb),
        _transcribers(chosen, keys, lent_keys),
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
        _skill_names,
        partial(_resume_reader, content, clock),
    )
    return Application(
        settings=chosen,
        content=content,
        samples=read_samples(DATA),
        clock=clock,
        preparing=Preparing(
            store=store,
            documents=ChildProcessDocumentReader(memory_mb=chosen.parser_memory_mb),
            read_profile=partial(_profile, content, clock),
            clean=plain_text,
            clock=clock,
            take=take,
            record=record,
            forget_files=filing.delete_all,
        ),
        interviewing=Interviewing(
            store=store,
            work=InterviewerWork(
                store=store,
                interviewers=interviewers,
                jobs=jobs,
                clock=clock,
                owner=processes.owner,
                after_judging=practising.take_in,
                take=take,
            ),
            clock=clock,
            content=content,
            find_skills=_skill_names,
            plan=practice.plan,
            glance=practice.glance,
            take=take,
            record=record,
        ),
        transcribing=transcribing,
        speaking=Speaking(
            store,
            recordings,
            transcribing,
            _skill_names,
            clock,
            processes.owner,
        ),
        voicing=Voicing(store, _voices(chosen, keys), jobs),
        practising=practising,
        remembering=Remembering(real_questions, clock),
        storytelling=Storytelling(store, answer_texts, content),
        exporting=exporting,
        filing=filing,
        parcels=Parcels(exporting, filing, recordings, store),
        progressing=Progressing(store),
        sharing=Sharing(SqlShareStore(engine), store, clock, record),
        preparation_maps=PreparationMaps(
            preparations, store, answer_texts, _find_skills, content, clock
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
        vouching=Vouching(accounts, _vouchers(chosen), clock),
        signing_in=SigningIn(
            store=accounts,
            service=_sign_in_service(chosen, clock),
            session_keys=session_keys,
            clock=clock,
            idle=timedelta(hours=chosen.session_idle_hours),
            lifetime=timedelta(days=chosen.session_days),
            after_move=partial(_take_in, store, practising),
            record=record,
        ),
        guard=guard,
        close=engine.dispose,
    )


def _guard(
    chosen: Settings, engine: Engine, clock: Clock, is_account: Callable[[UUID], bool]
) -> Guard:
    """Limits, events and visits, whose addresses are kept as fingerprints alone."""
    seal = address_seal(_ring(chosen))
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


def _resume_files(chosen: Settings) -> ResumeFiles:
    """Supabase's Storage where it is set, else a folder beside the database."""
    key = chosen.supabase_secret_key.get_secret_value()
    if not key:
        return LocalFiles(chosen.database_path.with_name(RESUME_FILES))
    wall = PUBLIC_WALL if chosen.is_hosted else OPEN_WALL
    return SupabaseFiles(chosen.supabase_url, key, chosen.supabase_bucket, wall)


def _keys(
    chosen: Settings,
    engine: Engine,
    services: KeyedServices,
    session_keys: MemoryKeys,
    clock: Clock,
) -> Keys:
    """Candidates' own keys: sealed in the database where there is a ring, else for the session."""
    ring = _ring(chosen)
    return Keys(
        store=SqlKeyStore(engine, clock),
        vault=AesVault(ring, SqlKeyChecks(engine).keep_first) if ring else None,
        session_keys=session_keys,
        list_models=services.list_models,
        clock=clock,
        providers=services.providers,
    )


def _sign_in_service(chosen: Settings, clock: Clock) -> SignInService | None:
    """Supabase Auth where a project is set; imported only then."""
    if not chosen.supabase_url:
        return None
    from core.adapters.supabase_auth import SupabaseAuth

    return SupabaseAuth(chosen.supabase_url, chosen.supabase_anon_key.get_secret_value(), clock.now)


def _vouchers(chosen: Settings) -> Vouchers | None:
    """Checks Supabase's tokens where a project is set; imported only then."""
    if not chosen.supabase_url:
        return None
    from core.adapters.signing_keys import SigningKeys, fetched
    from core.adapters.supabase_auth import issuer_of
    from core.adapters.supabase_tokens import SupabaseTokens

    issuer = issuer_of(chosen.supabase_url)
    return SupabaseTokens(issuer, SigningKeys(partial(fetched, issuer)).key)


def _take_in(
    store: InterviewStore, practising: Practising, user_id: UUID, moved: tuple[UUID, ...]
) -> None:
    """Take interviews that moved into what is to be practised, which may have been known before."""
    practising.take_in_all(user_id, (store.interview(user_id, found) for found in moved))


def _resume_reader(content: Content, clock: Clock, model: LanguageModel) -> "AIResumeReader":
    from core.adapters.ai_resume_reader import AIResumeReader

    return AIResumeReader(
        model,
        partial(_profile, content, clock),
        partial(_with_role, content, clock),
        plain_text,
        lambda: clock.now().date(),
    )


def _open(chosen: Settings) -> Engine:
    """The database of the settings, as the app may use it."""
    if chosen.postgres_url:
        return open_postgres(chosen.postgres_url)
    return open_sqlite(chosen.database_path)


def _open_for_maintenance(chosen: Settings) -> Engine:
    """The database of the settings, for work on all candidates' rows."""
    if chosen.postgres_url:
        return open_for_maintenance(_owner_url(chosen))
    return open_sqlite(chosen.database_path)


def _owner_url(chosen: Settings) -> str:
    url = chosen.database_owner_url.get_secret_value()
    if not url:
        message = (
            "This needs the database's owner: set DATABASE_OWNER_URL. "
            "A SQLite file needs none; it is brought up to date when it is opened."
        )
        raise ConfigurationError(message)
    return url


def _models(chosen: Settings) -> ModelFactory:
    """Models as the mode allows them: private servers and other addresses on one's own machine only."""
    if chosen.is_hosted:
        return ModelFactory(declarations())
    return ModelFactory(declarations(), OPEN_WALL, chosen.api_urls)


def _hide_keys() -> None:
    of_models = (pattern for declared in declarations() for pattern in declared.key_patterns)
    install_redaction((*of_models, *KEY_PATTERNS))


def _transcribers(chosen: Settings, keys: Keys, lent: MemoryLentKeys) -> ChosenTranscribers:
    """Transcribers as the mode allows them, as with models."""
    if chosen.is_hosted:
        return ChosenTranscribers(keys.open_key, keys.keys_of, PUBLIC_WALL, {}, lent.key)
    return ChosenTranscribers(keys.open_key, keys.keys_of, OPEN_WALL, chosen.api_urls, lent.key)


def _voices(chosen: Settings, keys: Keys) -> ChosenVoices:
    """The interviewer's voices; other addresses in local mode only, as with models."""
    return ChosenVoices(keys.open_key, keys.keys_of, {} if chosen.is_hosted else chosen.api_urls)


def _ring(chosen: Settings) -> KeyRing | None:
    """The master keys: those of the setting, else in local mode those of a file, else none."""
    if chosen.master_keys or chosen.is_hosted:
        return chosen.master_keys
    return file_ring(_ring_file(chosen))


def _ring_file(chosen: Settings) -> Path:
    return chosen.database_path.with_name(RING_FILE)


def warm() -> None:
    """Make what the first interview needs, so that no candidate waits for it."""
    from core.adapters import ai_interviewer, ai_resume_reader  # noqa: F401 - the imports are the point
    from core.evaluation import story_bank  # noqa: F401
    from core.parsing import profile  # noqa: F401
    from core.speech import flags, measuring  # noqa: F401

    app = application()
    _lexicon()
    app.interviewing.glance(app.content.opener, app.content.opener.reference_answer)


@cache
def _content() -> Content:
    return read_content(DATA)


@cache
def _built_in() -> PracticeInterviewer:
    """One for all applications of the process: it remembers nothing but what it read."""
    return PracticeInterviewer(_content(), DATA / "grader")


@cache
def _lexicon() -> "SkillLexicon":
    return read_lexicon(DATA)


def _profile(content: Content, clock: Clock, text: str) -> CandidateProfile:
    from core.parsing.profile import read_profile

    return read_profile(text, _lexicon(), content.roles, clock.now().date())


def _with_role(content: Content, clock: Clock, profile: CandidateProfile) -> CandidateProfile:
    from core.parsing.role import suggest_role

    role = suggest_role(profile, content.roles, clock.now().date())
    return replace(profile, suggested_role=role)


def _find_skills(text: str) -> tuple[Skill, ...]:
    return _lexicon().find(text)


def _skill_names(text: str) -> frozenset[str]:
    return frozenset(skill.name for skill in _lexicon().find(text) if not skill.is_soft)
