"""What the tests of the API send."""

from typing import Any

from starlette.testclient import TestClient

ANSWER = (
    "First I measure, because guesses cost time. At my last job the import took three hours, so I "
    "rewrote the slow query, and in the end it ran in twenty minutes."
)
RESUME = (
    b"Ilva Brandmere\nBackend Engineer\n\nExperience\nBackend Engineer, Quillhaven Foods, 2020 - 2024\n"
    b"\nSkills\nPython, PostgreSQL\n"
)


def start(client: TestClient, **changes: Any) -> dict[str, Any]:
    """A started interview, by default of two questions for a backend engineer."""
    body = {"role": "Backend Engineer", "questions": 2, "seed": 7} | changes
    response = client.post("/interview/start", json=body)
    assert response.status_code == 201, response.text
    told: dict[str, Any] = response.json()
    return told


def answer(
    client: TestClient, session_id: str, position: int, text: str = ANSWER, **headers: str
) -> Any:
    """The reply to an answer."""
    body = {"session_id": session_id, "position": position, "answer": text}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/interview/answer", json=body, headers=named)


def upload(client: TestClient, content: bytes = RESUME, **headers: str) -> Any:
    """The reply to an upload."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/resume/upload", files={"file": ("resume.txt", content)}, headers=named)


def finished(client: TestClient) -> str:
    """The id of an interview with one judged answer that is over."""
    session_id: str = start(client)["session_id"]
    assert answer(client, session_id, 1).status_code == 200
    assert client.post(f"/interview/{session_id}/finish").status_code == 200
    return session_id
