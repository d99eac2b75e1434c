"""How long real resumes take from bytes to profile, the reader's child process included."""

from time import perf_counter

from bench.data import bench_data
from core.bootstrap import local_application
from core.domain.errors import UnreadableDocumentError


def main() -> None:
    """Print one row for each PDF: milliseconds and what was found."""
    folder = bench_data("resumes")
    if folder is None:
        return
    app = local_application()
    print("| file | ms | pages | positions | skills |\n|---|---|---|---|---|")
    for path in sorted(folder.glob("*.pdf")):
        began = perf_counter()
        try:
            resume = app.preparing.read_resume(path.read_bytes())
        except UnreadableDocumentError as error:
            print(f"| {path.name} | {error} | | | |")
            continue
        took = 1000 * (perf_counter() - began)
        profile = resume.profile
        print(
            f"| {path.name} | {took:.0f} | {resume.document.pages} | "
            f"{len(profile.positions)} | {len(profile.skills)} |"
        )


if __name__ == "__main__":
    main()
