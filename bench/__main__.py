"""`make bench`: every bench in turn."""

from bench import evaluation, resumes

for name, bench in {"resumes": resumes, "evaluation": evaluation}.items():
    print(f"\n## {name}\n")
    bench.main()
