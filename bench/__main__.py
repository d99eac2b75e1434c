"""`python -m bench`: every bench in turn, or those named. `simulate` and `judge` are started by hand."""

import argparse

from bench import (
    api,
    evaluation,
    first_words,
    golden,
    progress,
    queries,
    resumes,
    speech,
    tokens,
    turn,
    weight,
)

BENCHES = {
    "evaluation": evaluation,
    "resumes": resumes,
    "golden": golden,
    "tokens": tokens,
    "speech": speech,
    "turn": turn,
    "first_words": first_words,
    "weight": weight,
    "queries": queries,
    "api": api,
    "progress": progress,
}

parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
names = parser.parse_args().names or list(BENCHES)
unknown = ", ".join(name for name in names if name not in BENCHES)
if unknown:
    parser.error(f"no such bench: {unknown}")
for name in names:
    print(f"\n## {name}\n")
    BENCHES[name].main()
