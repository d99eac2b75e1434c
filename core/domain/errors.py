"""What can go wrong, as a tree. Expected outcomes (a low score, an empty history) are values instead.

InterviewError                      never raised itself
├─ InvalidTransitionError           the event does not fit the interview's phase
├─ InvalidInputError (ValueError)   the candidate can fix it
│  ├─ UnreadableDocumentError       a document that gives no text, with the reason
│  └─ UnusableRecordingError        a recording that gives no sound, with the reason
├─ NotFoundError                    nothing of this candidate's has that id
├─ AnswerConflictError              another answer is already stored at that position
├─ VersionConflictError             the interview changed since the caller looked at it
├─ KeyReusedError                   an idempotency key was used for another request before
├─ TooManyRequestsError             a limit was reached; says when to come back
├─ EvaluationError                  an answer could not be judged; the answer is kept
├─ ModelError                       a language model could not be asked, or did not answer usefully
├─ TranscriptionError               a recording could not be transcribed; the recording is kept
├─ TranscriptionInterruptedError    it was being transcribed when the server stopped; paid for, perhaps
├─ TranscriptionUnderWayError       it is being transcribed by somebody else just now
├─ VoiceError                       a question could not be spoken; it is there to be read
├─ TranscriberMissingError          nobody can write the candidate's words down
├─ KeyMissingError                  the candidate has no key for that provider
├─ KeyUnreadableError               a stored key does not open; it is kept, and must be entered again
├─ KeyNotStorableError              keys can be used here, and not be stored
├─ SignInError                      nobody was signed in; says why and what to do
│  ├─ SignInRefusedError            a sign-in service let nobody in
│  └─ SignInOverError               it took too long, or was completed or replaced already
├─ VoucherAwayError                 whether a token is good cannot be told just now
├─ SessionEndedError                the browser is not signed in any more, or as somebody else
└─ StoreError                       the database could not be read or written
   └─ StoreAwayError                it cannot be reached; trying again later is all there is to do

`str(error)` is a sentence for the person who reads it: what happened and what they can do. It never
holds a secret or a candidate's text.
"""

from enum import StrEnum
from math import ceil

from core.domain.language_model import NO_USAGE, Usage

_IN_MINUTES_FROM_SECONDS = 100
_IN_HOURS_FROM_SECONDS = 2 * 3600


class InterviewError(Exception):
    """The root of every error that this product raises on purpose."""


class InvalidTransitionError(InterviewError):
    """An event came in a phase that does not allow it."""

    def __init__(self, phase: str, event: str) -> None:
        """Keep the phase the interview was in and the event that was refused."""
        super().__init__(f"“{event}” is not possible while the interview is {phase}.")
        self.phase = phase
        self.event = event


class InvalidInputError(InterviewError, ValueError):
    """Something the candidate entered cannot be used; `field` says which."""

    def __init__(self, field: str, reason: str) -> None:
        """Keep the field's name and a full sentence that says what to change."""
        super().__init__(reason)
        self.field = field
        self.reason = reason


class Unreadable(StrEnum):
    """Why a document gave no text."""

    EMPTY_FILE = "empty file"
    TOO_LARGE = "too large"
    UNKNOWN_TYPE = "unknown type"
    UNSUPPORTED_TYPE = "unsupported type"
    PASSWORD = "password-protected"  # noqa: S105 - a reason, not a secret
    DAMAGED = "damaged"
    UNSAFE = "unsafe archive"
    NO_TEXT = "no text"
    TOO_SLOW = "too slow"
    TOO_HEAVY = "too much memory"
    BUSY = "reader busy"


class UnreadableDocumentError(InvalidInputError):
    """A document cannot be read; `cause` is for code, the sentence for the person."""

    def __init__(self, cause: Unreadable, sentence: str) -> None:
        """Keep why, and the sentence that names the reason and what to do."""
        super().__init__("document", sentence)
        self.cause = cause


class BadRecording(StrEnum):
    """Why a recording gave no sound."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    TOO_LONG = "too long"
    UNKNOWN_KIND = "unknown kind"
    DAMAGED = "damaged"
    TOO_SLOW = "too slow"
    TOO_HEAVY = "too much memory"
    BUSY = "reader busy"


_RECORDING_SENTENCES = {
    BadRecording.EMPTY: "This recording is empty. Record again, or type your answer.",
    BadRecording.TOO_LARGE: "This recording is larger than 25 MB. Record a shorter answer, or type it.",
    BadRecording.TOO_LONG: "This recording is longer than 10 minutes. Record a shorter answer, or type it.",
    BadRecording.UNKNOWN_KIND: "This is no recording that can be read here: WebM, MP4 and WAV can. "
    "Record again, or type your answer.",
    BadRecording.DAMAGED: "This recording is damaged and holds no sound that can be read. "
    "Record again, or type your answer.",
    BadRecording.TOO_SLOW: "Reading this recording took too long, so it was stopped. It was sent nowhere. "
    "Try again, or type your answer.",
    BadRecording.TOO_HEAVY: "Reading this recording needs more memory than there is. It was sent nowhere. "
    "Record a shorter answer, or type it.",
    BadRecording.BUSY: "Other recordings are being read just now. Nothing is lost; try again in a moment.",
}


class UnusableRecordingError(InvalidInputError):
    """A recording cannot be used; `cause` is for code, the sentence for the person."""

    def __init__(self, cause: BadRecording) -> None:
        """Keep why; the sentence names the reason and what to do."""
        super().__init__("recording", _RECORDING_SENTENCES[cause])
        self.cause = cause


class NotFoundError(InterviewError):
    """Nothing that belongs to this candidate has that id."""

    def __init__(self, what: str) -> None:
        """Keep what was looked for (a word such as “interview”)."""
        super().__init__(f"This {what} does not exist, or it is not yours.")
        self.what = what


class AnswerConflictError(InterviewError):
    """A different answer is already stored at this position and attempt."""

    def __init__(self, position: int) -> None:
        """Keep the position, counted from 1."""
        super().__init__(
            f"Question {position} already has another answer, sent from a second tab or earlier. "
            "That answer is kept."
        )
        self.position = position


class VersionConflictError(InterviewError):
    """The interview is not at the version that the caller expects."""

    def __init__(self, version: int) -> None:
        """Keep the version that the interview is at."""
        super().__init__(
            f"This interview has moved on to version {version}. Nothing was changed; "
            "get it again and decide anew."
        )
        self.version = version


class KeyReusedError(InterviewError):
    """An idempotency key came with another request than the first time."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "This idempotency key was used for another request before. Nothing was changed; "
            "send a fresh key with each new request."
        )


class TooManyRequestsError(InterviewError):
    """A limit was reached; trying again after `retry_after_seconds` is fine."""

    def __init__(self, what: str, retry_after_seconds: float) -> None:
        """Keep what is limited and when to come back, in seconds."""
        super().__init__(
            f"Too many {what} at once. Nothing is lost; try again in about {_wait(retry_after_seconds)}."
        )
        self.what = what
        self.retry_after_seconds = retry_after_seconds


def _wait(seconds: float) -> str:
    """A wait in words, at least two of its unit."""
    if seconds < _IN_MINUTES_FROM_SECONDS:
        return f"{max(2, round(seconds))} seconds"
    if seconds < _IN_HOURS_FROM_SECONDS:
        return f"{max(2, ceil(seconds / 60))} minutes"
    return f"{ceil(seconds / 3600)} hours"


class EvaluationError(InterviewError):
    """An answer could not be judged. The answer itself is stored."""


class SignInError(InterviewError):
    """Nobody was signed in, and nothing was changed; the sentence says why and what to do."""


class SignInFault(StrEnum):
    """Why a sign-in service let nobody in."""

    WRONG_CODE = "wrong code"
    WRONG_PASSWORD = "wrong password"  # noqa: S105 - a reason, not a secret
    UNCONFIRMED = "unconfirmed"
    WEAK_PASSWORD = "weak password"  # noqa: S105 - a reason, not a secret
    BAD_ADDRESS = "bad address"
    CLOSED = "closed"
    TOO_MANY = "too many"
    AWAY = "away"
    MISCONFIGURED = "misconfigured"


_SIGN_IN_SENTENCES = {
    SignInFault.WRONG_CODE: "This code is not accepted: it is mistyped, used or too old. "
    "Check it, or have a new one sent.",
    SignInFault.WRONG_PASSWORD: "This e-mail and password do not belong together. "
    "Try again, or have a code sent instead.",
    SignInFault.UNCONFIRMED: "This address is not confirmed yet. Have a code sent and sign in with it.",
    SignInFault.WEAK_PASSWORD: "This password is too easy to guess. Choose a longer one, or have a code sent instead.",
    SignInFault.BAD_ADDRESS: "This is no e-mail address that can be used here. Check it for typing errors.",
    SignInFault.CLOSED: "New accounts cannot be made here. Everything works without one.",
    SignInFault.TOO_MANY: "There were too many tries.",
    SignInFault.AWAY: "The sign-in service cannot be reached just now. "
    "What you did here is kept, and everything else works; try again in a moment.",
    SignInFault.MISCONFIGURED: "The sign-in service does not accept this app's settings. "
    "Whoever runs the app has to check them; everything else works.",
}


class SignInRefusedError(SignInError):
    """A sign-in service let nobody in; `fault` is for code, `wait_seconds` is 0 where it is not known."""

    def __init__(self, fault: SignInFault, wait_seconds: int = 0) -> None:
        """Keep why, and after how many seconds it is worth trying again."""
        later = f"in {wait_seconds} seconds" if wait_seconds else "in a few minutes"
        is_too_many = fault is SignInFault.TOO_MANY
        super().__init__(
            _SIGN_IN_SENTENCES[fault] + (f" Try again {later}." if is_too_many else "")
        )
        self.fault = fault
        self.wait_seconds = wait_seconds


class SignInOverError(SignInError):
    """The sign-in was completed already, took too long, or belongs to another browser."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "This sign-in is over: it took too long or was completed already. Nothing was changed; sign in again."
        )


class VoucherAwayError(InterviewError):
    """Whether a token is good cannot be told, because its issuer cannot be reached."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "This token cannot be checked just now: the sign-in service cannot be reached. Nothing was "
            "changed; try again in a moment, or send a personal access token."
        )


class SessionEndedError(InterviewError):
    """Who visits is not who it was: signed in or out in another tab, or signed out everywhere."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "You signed in or out meanwhile, in another tab or another browser, or were away for long. "
            "What was stored is safe. Reload this page to go on."
        )


class StoreError(InterviewError):
    """The database could not be read or written."""


class StoreAwayError(StoreError):
    """The database cannot be reached, or went away in the middle."""

    def __init__(self) -> None:
        """Say what is kept and what to do."""
        super().__init__(
            "The database cannot be reached just now. What was stored before is safe; "
            "try again in a moment."
        )


class KeyMissingError(InterviewError):
    """The candidate has no key for a provider."""

    def __init__(self, provider: str) -> None:
        """Keep the provider's name for people."""
        super().__init__(
            f"There is no key for {provider} yet. Enter one in Settings, or choose another interviewer."
        )
        self.provider = provider


class ProviderUnknownError(InterviewError):
    """A stored or given provider is none of those that can be chosen here."""

    def __init__(self, provider: str) -> None:
        """Keep the provider's id."""
        super().__init__(
            f"Nothing here can talk to “{provider}” (any more). Choose another interviewer; "
            "nothing was deleted."
        )
        self.provider = provider


class KeyUnreadableError(InterviewError):
    """A stored key does not open: the master key is lost, or the row is not what was stored."""

    def __init__(self, provider: str) -> None:
        """Keep the provider's name for people."""
        super().__init__(
            f"Your stored key for {provider} cannot be read any more. Enter it again in Settings; "
            "nothing was deleted."
        )
        self.provider = provider


class KeyNotStorableError(InterviewError):
    """Keys cannot be sealed here, so none is stored."""

    def __init__(self) -> None:
        """Say what is possible instead."""
        super().__init__(
            "Keys cannot be stored safely here at the moment, so this one was not. "
            "You can use it for this visit without storing it."
        )


class ModelFault(StrEnum):
    """Why a language model gave no usable reply."""

    KEY_REFUSED = "key refused"
    NO_CREDIT = "no credit"
    FORBIDDEN = "forbidden"
    MODEL_UNKNOWN = "model unknown"
    RATE_LIMITED = "rate limited"
    DAY_USED_UP = "day used up"
    OVERLOADED = "overloaded"
    TIMED_OUT = "timed out"
    UNREACHABLE = "unreachable"
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"
    BAD_REQUEST = "bad request"
    TOO_LONG = "too long"
    TRUNCATED = "truncated"
    REFUSED = "refused"
    MALFORMED = "malformed"
    ADDRESS_REFUSED = "address refused"


_MODEL_SENTENCES = {
    ModelFault.KEY_REFUSED: "{provider} does not accept this key. Check it in Settings, or enter another one.",
    ModelFault.NO_CREDIT: "{provider} says that this key has no credit left. Add credit there, or use another key.",
    ModelFault.FORBIDDEN: "{provider} does not let this key use the model. Choose another model in Settings.",
    ModelFault.MODEL_UNKNOWN: "{provider} does not know this model, or has retired it. Choose another one in Settings.",
    ModelFault.RATE_LIMITED: "{provider} takes no more requests on this key just now.",
    ModelFault.DAY_USED_UP: "{provider} takes no more requests for this model on this key today. "
    "Try again tomorrow, or choose another model in Settings.",
    ModelFault.OVERLOADED: "{provider} is overloaded or has a fault of its own just now. Try again in a minute.",
    ModelFault.TIMED_OUT: "{provider} took too long to answer. Try again, or choose a faster model in Settings.",
    ModelFault.UNREACHABLE: "{provider} could not be reached. Check the connection and try again.",
    ModelFault.INTERRUPTED: "The line to {provider} broke in the middle of its reply. Try again.",
    ModelFault.CANCELLED: "The request to {provider} was stopped.",
    ModelFault.BAD_REQUEST: "{provider} did not understand the request for this model. Choose another model in Settings.",
    ModelFault.TOO_LONG: "{provider} cannot take in this much at once with this model. Choose a model with a "
    "longer context; on a server of your own, raise its context length.",
    ModelFault.TRUNCATED: "{provider} ended its reply before it was complete. Try again, or choose another model.",
    ModelFault.REFUSED: "{provider} declined to answer this. You can go on without it, or choose another model.",
    ModelFault.MALFORMED: "{provider} gave a reply that cannot be used. Try again, or choose another model.",
    ModelFault.ADDRESS_REFUSED: "This address cannot be used for a model here. Enter the server's own address, without a "
    "password or a redirect; where the app is hosted, a public one with https.",
}


class ModelError(InterviewError):
    """A language model gave no usable reply; `fault` says why, for code.

    `retry_after_seconds` is what the provider asked to wait, None where it said nothing; `usage` what
    its replies took all the same.
    """

    def __init__(
        self,
        fault: ModelFault,
        provider: str,
        retry_after_seconds: float | None = None,
        usage: Usage = NO_USAGE,
    ) -> None:
        """Keep the fault, the provider's name for people, and the wait that it asked for."""
        sentence = _begun(_MODEL_SENTENCES[fault].format(provider=provider))
        if fault is ModelFault.RATE_LIMITED:
            wait = f"about {_wait(retry_after_seconds)}" if retry_after_seconds else "a minute"
            sentence = f"{sentence} Try again in {wait}."
        super().__init__(sentence)
        self.fault = fault
        self.provider = provider
        self.retry_after_seconds = retry_after_seconds
        self.usage = usage


def _begun(sentence: str) -> str:
    """With a capital where it begins with words; an address stays as it is written."""
    return sentence[:1].upper() + sentence[1:] if sentence.startswith("your ") else sentence


_NOT_TRANSCRIBED = {
    ModelFault.KEY_REFUSED: "{name} does not accept this key. Check it in Settings.",
    ModelFault.NO_CREDIT: "{name} says that this key has no credit left.",
    ModelFault.FORBIDDEN: "{name} does not let this key transcribe.",
    ModelFault.MODEL_UNKNOWN: "{name} does not know the model for transcripts, or has retired it.",
    ModelFault.RATE_LIMITED: "{name} takes no more recordings just now.",
    ModelFault.DAY_USED_UP: "{name} takes no more recordings on this key today.",
    ModelFault.OVERLOADED: "{name} is overloaded or has a fault of its own just now.",
    ModelFault.TIMED_OUT: "{name} took too long to answer.",
    ModelFault.UNREACHABLE: "{name} could not be reached.",
    ModelFault.INTERRUPTED: "The line to {name} broke in the middle of its reply.",
    ModelFault.CANCELLED: "The transcription was stopped.",
    ModelFault.BAD_REQUEST: "{name} could not use this recording.",
    ModelFault.TOO_LONG: "{name} cannot take a recording of this length.",
    ModelFault.TRUNCATED: "{name} ended its transcript before it was complete.",
    ModelFault.REFUSED: "{name} declined to transcribe this recording.",
    ModelFault.MALFORMED: "{name} gave a reply that is no transcript.",
    ModelFault.ADDRESS_REFUSED: "The transcriber's address cannot be called from here.",
}


class TranscriptionError(InterviewError):
    """A recording could not be transcribed; `fault` says why, for code. Nothing was made up instead."""

    def __init__(
        self, fault: ModelFault, name: str, retry_after_seconds: float | None = None
    ) -> None:
        """Keep what happened, the fault, the transcriber's name for people, and the wait it asked for."""
        happened = _begun(_NOT_TRANSCRIBED[fault].format(name=name))
        when = f" in about {_wait(retry_after_seconds)}" if retry_after_seconds else ""
        super().__init__(
            f"{happened} Your recording is kept: send it again{when}, choose another transcriber, "
            "or type your answer."
        )
        self.happened = happened
        self.fault = fault
        self.name = name
        self.retry_after_seconds = retry_after_seconds


class TranscriberMissingError(InterviewError):
    """Nobody can write the candidate's words down; the recording was sent nowhere."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Nobody can write your words down yet. The recording was sent nowhere: enter a key for "
            "a transcriber in Settings, or send your answer as text."
        )


class TranscriptionInterruptedError(InterviewError):
    """A paid transcription broke off, and nobody knows whether it was charged."""

    def __init__(self) -> None:
        """Say what is kept, and what sending again may cost."""
        super().__init__(
            "This was interrupted before your words came back. Your recording is kept. Sending it again "
            "may be charged again by your transcriber; typing your answer costs nothing."
        )


class TranscriptionUnderWayError(InterviewError):
    """Another process holds the right to transcribe this recording."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "This recording is being written down already, or was until a moment ago. It is kept, and was "
            "not sent twice. Reload the page in two minutes, or type your answer."
        )


_NOT_VOICED = {
    ModelFault.KEY_REFUSED: "it does not accept this key",
    ModelFault.NO_CREDIT: "this key has no credit left",
    ModelFault.FORBIDDEN: "this key may not use its voice",
    ModelFault.MODEL_UNKNOWN: "it does not know the model for speech, or has retired it",
    ModelFault.RATE_LIMITED: "it takes no more requests on this key just now",
    ModelFault.DAY_USED_UP: "it takes no more requests on this key today",
    ModelFault.OVERLOADED: "it is overloaded just now",
    ModelFault.TIMED_OUT: "it took too long",
    ModelFault.UNREACHABLE: "it could not be reached",
    ModelFault.INTERRUPTED: "the line broke",
    ModelFault.CANCELLED: "the request was stopped",
    ModelFault.BAD_REQUEST: "it did not understand the request",
    ModelFault.TOO_LONG: "it cannot speak this much at once",
    ModelFault.TRUNCATED: "it broke off in the middle",
    ModelFault.REFUSED: "it declined to speak this",
    ModelFault.MALFORMED: "it sent no sound",
    ModelFault.ADDRESS_REFUSED: "its address cannot be called from here",
}


class VoiceError(InterviewError):
    """The interviewer's voice could not be had; `fault` says why, for code. The text is there anyway."""

    def __init__(self, fault: ModelFault, name: str) -> None:
        """Keep the fault and the speaker's name for people."""
        super().__init__(
            f"{name} could not speak: {_NOT_VOICED[fault]}. For now your browser's own voice goes on, where "
            "it has one; every question stands here in writing."
        )
        self.fault = fault
