"""How close a model's judgements are to people's grades: `python -m bench.judge --data FILE`.

The model gets the app's own prompts, and its replies go through the app's own checks. FILE holds JSON lines
of question, reference, answer, grade (0–5) and perhaps id, or the layout of the collections under
BENCH_DATA/graded_answers, or is data/golden/answers.yaml. The built-in evaluator judges beside it.
With --export-prompts nobody is asked: the requests are written to a file, and --replies reads what came
of them (JSON lines of id and reply).
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path

from pydantic import SecretStr

from bench.graded_file import Graded, read_graded, spread
from bench.judge_batch import read_replies, write_requests
from bench.metrics import HIGHEST_GRADE, Closeness, Pair, closeness
from core.adapters.lone_judge import LoneJudge
from core.bootstrap import Application, build, lone_judge, providers
from core.config import AppMode, ConfigurationError, settings
from core.domain.errors import InterviewError, ModelError, ModelFault
from core.domain.evaluation import Evaluation
from core.domain.language_model import Provider
from core.evaluation.reply_json import UnusableReplyError

EXIT_UNUSABLE_INPUT = 2
_POINTS = 100.0
# What would be the same for every answer: going on would only ask in vain.
_LASTING = frozenset(
    {
        ModelFault.KEY_REFUSED,
        ModelFault.NO_CREDIT,
        ModelFault.FORBIDDEN,
        ModelFault.MODEL_UNKNOWN,
        ModelFault.ADDRESS_REFUSED,
    }
)
_FIGURES: Mapping[str, Callable[[Closeness], float | None]] = {
    "Pearson r": lambda c: c.r,
    "r per question, mean": lambda c: c.r_per_question,
    "RMSE (grades)": lambda c: c.rmse,
    "RMSE below 3": lambda c: c.low_rmse,
    "bias below 3": lambda c: c.low_bias,
    "AUC below 3": lambda c: c.auc,
}

Judge = Callable[[Graded], Evaluation]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one answer: `score` (0–5), or none and, where it failed, why."""

    score: float | None = None
    tokens: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A judge and its outcomes by the answers' ids; answers that it was not asked about are absent."""

    name: str
    outcomes: Mapping[str, Outcome]


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge, or write the requests; the process's exit code (2 when the input cannot be used)."""
    options = _parser().parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder:
            _run(_application(Path(folder)), options)
    except (InterviewError, ConfigurationError) as error:
        print(str(error), file=sys.stderr)
        return EXIT_UNUSABLE_INPUT
    return 0


def table(answers: Sequence[Graded], columns: Sequence[Column]) -> Iterator[str]:
    """The lines of a table with a column for each judge.

    The measures are of those answers that every judge gave a score, so that they can be compared.
    """
    shared = [a for a in answers if all(_score(c, a) is not None for c in columns)]
    found = [closeness(_pairs(column, shared)) for column in columns]
    yield _row("", [column.name for column in columns])
    yield _row("---", ["---"] * len(columns))
    for name, figure in _FIGURES.items():
        yield _row(name, [_number(figure(measures)) for measures in found])
    yield _row("measured on", [str(len(shared))] * len(columns))
    yield _row("judged", [_count(c, lambda o: o.score is not None) for c in columns])
    yield _row("void", [_count(c, lambda o: o.score is None and not o.failure) for c in columns])
    yield _row("failed", [_count(c, lambda o: bool(o.failure)) for c in columns])
    yield _row("not asked", [str(len(answers) - len(column.outcomes)) for column in columns])
    yield _row("tokens", [f"{sum(o.tokens for o in c.outcomes.values()):,}" for c in columns])


def judged(judge: Judge, answers: Iterable[Graded]) -> dict[str, Outcome]:
    """The outcome of each answer; ModelError at once for what asking on would not change."""
    return {answer.id: _outcome(judge, answer) for answer in answers}


def _run(app: Application, options: argparse.Namespace) -> None:
    answers = spread(read_graded(options.data, app.content), options.limit)
    if options.export_prompts:
        count = write_requests(options.export_prompts, _unasked_judge(app), answers)
        print(f"{count} requests are in {options.export_prompts}.")
        return
    columns = list(_columns(app, options, answers))
    print("\n".join(table(answers, columns)))
    for column in columns:
        failures = Counter(o.failure for o in column.outcomes.values() if o.failure)
        for failure, count in failures.most_common():
            print(f"{column.name} failed ×{count}: {failure}")


def _columns(
    app: Application, options: argparse.Namespace, answers: Sequence[Graded]
) -> Iterator[Column]:
    if options.replies:
        replies = read_replies(options.replies, answers)
        judge = _by_replies(_unasked_judge(app), replies)
        yield Column("replies", judged(judge, (a for a in answers if a.id in replies)))
    if options.provider is not None:
        model = _model(app, options)
        yield Column(model.name, judged(lambda a: model.evaluate(a.question, a.answer), answers))
    glance = app.interviewing.glance
    yield Column("built-in", judged(lambda a: glance(a.question, a.answer), answers))


def _model(app: Application, options: argparse.Namespace) -> LoneJudge:
    key = app.settings.provider_api_key.get_secret_value()
    if not key and not app.providers.facts(options.provider).is_own_server:
        key = getpass(f"Key for {app.providers.label(options.provider)}: ")
    return lone_judge(app, options.provider, options.model, options.base_url, key)


def _unasked_judge(app: Application) -> LoneJudge:
    """A judge whose requests and checks are wanted alone: its model is never asked."""
    return lone_judge(app, Provider("compatible"), "unasked", "http://localhost")


def _by_replies(judge: LoneJudge, replies: Mapping[str, str]) -> Judge:
    return lambda a: judge.evaluation(replies[a.id], a.question, a.answer)


def _outcome(judge: Judge, answer: Graded) -> Outcome:
    try:
        evaluation = judge(answer)
    except UnusableReplyError:
        return Outcome(failure="The reply is not of the shape asked for.")
    except ModelError as error:
        if error.fault in _LASTING:
            raise
        return Outcome(failure=str(error))
    except InterviewError as error:
        return Outcome(failure=str(error))
    overall, tokens = evaluation.overall, evaluation.usage.total
    return Outcome(overall.score / _POINTS * HIGHEST_GRADE if overall else None, tokens)


def _score(column: Column, answer: Graded) -> float | None:
    outcome = column.outcomes.get(answer.id)
    return outcome.score if outcome else None


def _pairs(column: Column, answers: Iterable[Graded]) -> list[Pair]:
    scored = ((answer, _score(column, answer)) for answer in answers)
    return [Pair(a.question.id, score, a.grade) for a, score in scored if score is not None]


def _count(column: Column, matches: Callable[[Outcome], bool]) -> str:
    return str(sum(map(matches, column.outcomes.values())))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {' | '.join([name, *cells])} |"


def _application(folder: Path) -> Application:
    """The app on a store of its own, so that nobody's interviews are touched."""
    changes = {"app_mode": AppMode.LOCAL, "data_dir": folder, "database_url": SecretStr("")}
    return build(settings().model_copy(update=changes))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.judge", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the graded answers")
    parser.add_argument("--limit", type=int, default=0, help="so many, evenly over the file")
    parser.add_argument(
        "--provider",
        type=Provider,
        choices=list(providers()),
        help="whose model judges; the key is taken from PROVIDER_API_KEY, or asked for",
    )
    parser.add_argument("--model", default="", help="the provider's fast model when left out")
    parser.add_argument("--base-url", default="", help="of a compatible server")
    parser.add_argument("--export-prompts", type=Path, help="write the requests, ask nobody")
    parser.add_argument("--replies", type=Path, help="replies to exported requests")
    return parser


if __name__ == "__main__":
    sys.exit(main())
