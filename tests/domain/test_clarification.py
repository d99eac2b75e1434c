import pytest

from core.domain.clarification import clarification, repeated, rephrased
from tests.builders import a_question

_QUESTION = a_question()


@pytest.mark.parametrize(
    "said",
    [
        "Can you repeat that?",
        "could you please repeat the question",
        "Say that again, please",
        "Once more, please.",
        "I beg your pardon?",
        "Come again?",
        "Könnten Sie die Frage bitte wiederholen?",
        "Wie bitte?",
        "Entschuldigung, kannst du das noch einmal sagen?",
        "¿Podría repetir la pregunta, por favor?",
        "Pourriez-vous répéter la question, s’il vous plaît ?",
        "Può ripetere la domanda, per favore?",
        "Pode repetir a pergunta, por favor?",
        "Przepraszam, czy może Pan powtórzyć pytanie?",
    ],
)
def test_request_to_hear_it_again_repeats_the_question(said: str) -> None:
    assert clarification(_QUESTION, said) == f"Once more: {_QUESTION.text}"


@pytest.mark.parametrize(
    "said",
    [
        "Can you rephrase that?",
        "What do you mean?",
        "I don't understand the question.",
        "Could you put it in other words?",
        "Could you clarify?",
        "Ich verstehe die Frage nicht.",
        "Können Sie das bitte anders formulieren?",
        "No entiendo la pregunta.",
        "¿Qué quiere decir con eso?",
        "Je n'ai pas compris la question.",
        "Pouvez-vous reformuler la question ?",
        "Non ho capito la domanda.",
        "Não entendi a pergunta.",
        "Nie rozumiem pytania.",
    ],
)
def test_request_for_other_words_rephrases_the_question(said: str) -> None:
    assert clarification(_QUESTION, said) == f"In other words: {_QUESTION.rephrased}"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "I measure first.",
        "An index on the foreign key.",
        "I don't know.",
        "Retry with backoff, and give up after three tries.",
        "I would clarify the requirements with the customer first.",
        "I would do it differently next time.",
        "The error message was unclear, so I rewrote it.",
        "I'd run the test once more and then ask a colleague.",
        "Never repeat it; use a loop.",
        "In other words, it is idempotent.",
        "Ich verstehe die Frage des Kunden nicht immer sofort.",
        "Ich würde die Abfrage wiederholen.",
        "No entiendo cómo funciona, así que lo mido.",
        "Je répéterais la mesure encore une fois.",
    ],
)
def test_answer_is_not_taken_for_a_request(said: str) -> None:
    assert clarification(_QUESTION, said) is None


@pytest.mark.parametrize(
    "said", ["Can you repeat that? I measure first.", "I don't understand it yet, so I measure."]
)
def test_answer_that_begins_with_a_request_is_an_answer(said: str) -> None:
    assert clarification(_QUESTION, said) is None


def test_question_without_other_words_says_what_it_is_about() -> None:
    question = a_question(rephrased="", intent="Probe: Do they measure?")
    assert rephrased(question) == "What this is about: Do they measure?"


def test_question_with_nothing_else_to_say_is_repeated() -> None:
    question = a_question(rephrased="", intent="")
    assert rephrased(question) == repeated(question)
