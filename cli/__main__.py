"""`python -m cli`: a resume read, an interview held, answers judged, from the shell."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cli.custody import add_audit, retire
from cli.database import migrate
from cli.evaluate import evaluate_lines
from cli.files import file_content
from cli.interview import hold_interview
from cli.keys import rotate, show_status
from cli.token import add_token
from core.bootstrap import Application, local_application, providers
from core.config import ConfigurationError
from core.domain.company import PASTED_ID
from core.domain.errors import InterviewError
from core.domain.interview_setup import MAX_LENGTH, Focus, Persona, Way
from core.domain.language_model import Provider
from core.domain.question import Seniority
from core.upkeep import custody, database_migration, key_maintenance

EXIT_UNUSABLE_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the process's exit code (2 when the input cannot be used)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options.product(), options))
    except (InterviewError, ConfigurationError) as error:
        print(str(error), file=sys.stderr)
        return EXIT_UNUSABLE_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cli", description=__doc__)
    parser.set_defaults(product=local_application)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    resume = commands.add_parser("resume", help="print what is read from a resume, as JSON")
    resume.add_argument("file", type=Path)
    resume.set_defaults(command=_resume)

    _add_interview(commands.add_parser("interview", help="hold an interview in the terminal"))
    _add_evaluate(
        commands.add_parser("evaluate", help="judge answers: JSON lines in, JSON lines out")
    )
    add_token(commands.add_parser("token", help="print a new access token for the REST API"))
    _add_keys(commands.add_parser("keys", help="look after the stored keys of all candidates"))
    _add_database(commands.add_parser("database", help="look after the hosted database"))
    audit = commands.add_parser("audit", help="list what happened to accounts")
    audit.set_defaults(product=custody)
    add_audit(audit)
    retention = commands.add_parser(
        "retention", help="delete guests who come no more, and files left over"
    )
    retention.set_defaults(product=custody, command=retire)
    return parser


def _add_interview(interview: argparse.ArgumentParser) -> None:
    interview.add_argument("--role", required=True, help='for example "Backend Engineer"')
    interview.add_argument(
        "--seniority", type=Seniority, choices=list(Seniority), default=Seniority.MID
    )
    interview.add_argument("--questions", type=int, default=8, help=f"1 to {MAX_LENGTH}")
    interview.add_argument("--focus", type=Focus, choices=list(Focus), default=Focus.MIXED)
    interview.add_argument(
        "--way",
        type=Way,
        choices=list(Way),
        default=Way.COACH,
        help="coach: feedback after each answer; realistic: all of it at the end",
    )
    interview.add_argument(
        "--company",
        default="",
        metavar="ID",
        help=f"in the manner of a company, by the name of its pack, or of --job: {PASTED_ID}",
    )
    interview.add_argument(
        "--manner",
        type=Persona,
        choices=list(Persona),
        help="how the interviewer speaks; left out, as the company's interviewers do",
    )
    interview.add_argument("--question-seconds", type=int, default=0, help="limit for a question")
    interview.add_argument("--minutes", type=float, default=0, help="limit for the interview")
    interview.add_argument("--resume", type=Path, help="a resume to ask about")
    interview.add_argument("--job", type=Path, help="a job description as text")
    interview.add_argument("--answers", type=Path, help="answers, one paragraph each")
    interview.add_argument("--seed", type=int, default=0, help="the same seed, the same plan")
    interview.add_argument("--json", action="store_true", help="print the report as JSON")
    interview.set_defaults(command=hold_interview)


def _add_evaluate(evaluate: argparse.ArgumentParser) -> None:
    evaluate.add_argument("file", type=Path, nargs="?", help="standard input when left out")
    evaluate.add_argument(
        "--provider",
        type=Provider,
        choices=list(providers()),
        help="a model judges instead of the built-in evaluator; its key is taken from PROVIDER_API_KEY, "
        "or asked for",
    )
    evaluate.add_argument("--model", help="the provider's fast model when left out")
    evaluate.add_argument(
        "--base-url", help="of a compatible server, such as http://localhost:11434/v1"
    )
    evaluate.set_defaults(command=evaluate_lines)


def _add_database(database: argparse.ArgumentParser) -> None:
    database.set_defaults(product=database_migration)
    commands = database.add_subparsers(required=True, metavar="COMMAND")
    migration = commands.add_parser("migrate", help="make or update its tables, in one transaction")
    migration.set_defaults(command=migrate)


def _add_keys(keys: argparse.ArgumentParser) -> None:
    keys.set_defaults(product=key_maintenance)
    commands = keys.add_subparsers(required=True, metavar="COMMAND")
    status = commands.add_parser("status", help="count the stored keys under each master key")
    status.set_defaults(command=show_status)
    rotation = commands.add_parser("rotate", help="put all stored keys under the first master key")
    rotation.set_defaults(command=rotate)


def _resume(app: Application, options: argparse.Namespace) -> int:
    """Print the profile of a resume as JSON."""
    resume = app.preparing.read_resume(file_content(options.file))
    print(app.files.profile_json(resume.profile))
    return 0


if __name__ == "__main__":
    sys.exit(main())
