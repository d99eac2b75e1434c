"""Run the stub by hand: python -m tests.stub_provider --port 4010 --first-token 0.4 --tokens-per-second 60."""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.stub_provider.interviewer import interviewer_reply
from tests.stub_provider.script import Mishap, Pace, Status, StubRequest, Turn
from tests.stub_provider.server import StubProvider, lines


def main() -> None:
    options = _options()
    fixed = options.reply_file.read_text("utf-8") if options.reply_file else None

    def reply(request: StubRequest) -> str:
        return interviewer_reply(request) if fixed is None else fixed

    pace = Pace(options.first_token, options.tokens_per_second)
    with StubProvider(reply, pace, port=options.port) as stub:
        stub.then(*(turn for text in options.fault for turn in _faults(text)))
        sys.stdout.write("\n".join(lines(stub)) + "\nAny key will do. Ctrl-C ends it.\n")
        sys.stdout.flush()
        _tell_requests(stub)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.stub_provider", description=__doc__)
    parser.add_argument("--port", type=int, default=4010)
    parser.add_argument("--first-token", type=float, default=0.3, help="seconds")
    parser.add_argument("--tokens-per-second", type=float, default=60.0)
    parser.add_argument("--reply-file", type=Path, help="answer everything with this text")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME[:TIMES]",
        help=f"for the first requests: a status such as 429, or one of {', '.join(mishap.value for mishap in Mishap)}",
    )
    return parser.parse_args()


def _faults(text: str) -> Iterator[Turn]:
    name, _, times = text.partition(":")
    for _ in range(int(times or 1)):
        yield Status(int(name)) if name.isdigit() else Mishap(name)


def _tell_requests(stub: StubProvider) -> None:
    told = 0
    try:
        while True:
            for request in stub.requests[told:]:
                told += 1
                sys.stdout.write(f"{request.provider} {request.model} {request.path}\n")
                sys.stdout.flush()
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
