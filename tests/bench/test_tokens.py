from bench.tokens import QUESTIONS, measured, total

MOST_TOKENS = 40_000


def test_whole_interview_stays_within_its_tokens() -> None:
    assert total(list(measured())) <= MOST_TOKENS


def test_each_question_costs_one_request() -> None:
    requests = {row.name: row.requests for row in measured()}
    assert requests == {"resume": 1, "plan": 1, "evaluations": QUESTIONS, "report": 1}
