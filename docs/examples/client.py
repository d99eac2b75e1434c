"""A small client of the REST API, with Python's standard library alone.

As a program it holds an interview of one question:

    TOKEN=$(.venv/bin/python -m cli token) python docs/examples/client.py resume.pdf [answer.webm]
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

LOCAL = "http://127.0.0.1:8501/api"
ATTEMPTS = 20


class ProblemError(Exception):
    """What the API refuses: `kind` for programs, the text for people."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.kind = problem["type"].rpartition(":")[2]
        self.status = problem["status"]


class Interviews:
    """The interview over HTTP. Every call is repeated until it is done, and takes effect once."""

    def __init__(self, token: str, url: str = LOCAL) -> None:
        self._token = token
        self._url = url

    def upload(self, name: str, content: bytes) -> dict[str, Any]:
        """Hand in a resume; its id and what was read from it."""
        return self._form("/resume/upload", {}, "file", name, content)

    def start(self, role: str, **wishes: Any) -> dict[str, Any]:
        """Start an interview; its first question is in it."""
        return self._post("/interview/start", {"role": role, **wishes})

    def answer(self, session_id: str, position: int, text: str) -> dict[str, Any]:
        """Answer a question; the evaluation and the next question."""
        body = {"session_id": session_id, "position": position, "answer": text}
        return self._post("/interview/answer", body)

    def speak(self, session_id: str, position: int, recording: bytes) -> dict[str, Any]:
        """Answer by voice; a ProblemError of the kind TranscriptUnconfirmed asks for the corrected text."""
        fields = {"session_id": session_id, "position": str(position)}
        return self._form("/interview/answer", fields, "audio", "answer", recording)

    def result(self, session_id: str) -> dict[str, Any]:
        """The result, once every answer is judged."""
        return self._call("GET", f"/interview/result/{session_id}")

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call("POST", path, json.dumps(body).encode(), "application/json")

    def _form(
        self, path: str, fields: dict[str, str], file: str, name: str, content: bytes
    ) -> dict[str, Any]:
        boundary = uuid.uuid4().hex
        disposition = f"--{boundary}\r\nContent-Disposition: form-data; name="
        head = "".join(f'{disposition}"{key}"\r\n\r\n{fields[key]}\r\n' for key in fields)
        head += f'{disposition}"{file}"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return self._call("POST", path, body, f"multipart/form-data; boundary={boundary}")

    def _call(
        self, method: str, path: str, body: bytes | None = None, media_type: str = ""
    ) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": str(uuid.uuid4())}
        if media_type:
            headers["Content-Type"] = media_type
        request = urllib.request.Request(self._url + path, body, headers, method=method)
        for _ in range(ATTEMPTS):
            status, told, wait = _sent(request)
            if not wait:
                break
            time.sleep(wait)
        if status >= 400:
            raise ProblemError(told)
        return told


def _sent(request: urllib.request.Request) -> tuple[int, dict[str, Any], float]:
    """Status, JSON, and the seconds after which to send the same again, 0 where it is done."""
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            again = response.headers.get("Retry-After") if response.status == 202 else None
            return response.status, json.load(response), float(again or 0)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error), float(error.headers.get("Retry-After") or 0)


def main() -> None:
    """Hold an interview of one question about a resume."""
    api = Interviews(os.environ["TOKEN"], os.environ.get("API", LOCAL))
    path = Path(sys.argv[1])
    resume = api.upload(path.name, path.read_bytes())
    interview = api.start("Backend Engineer", questions=1, resume_id=resume["resume_id"])
    session_id = interview["session_id"]
    print(f"1. {interview['question']['text']}")
    judged = _first_answer(api, session_id)
    print(judged["evaluation"]["feedback"])
    api.answer(session_id, judged["question"]["position"], "No questions, thank you.")
    print(api.result(session_id)["headline"])


def _first_answer(api: Interviews, session_id: str) -> dict[str, Any]:
    """Spoken where a recording is named, else written."""
    if len(sys.argv) > 2:
        return api.speak(session_id, 1, Path(sys.argv[2]).read_bytes())
    return api.answer(
        session_id,
        1,
        "I am a backend engineer at a food company. I made a nightly import ten times faster, because "
        "people waited for it. Now I want to work on larger systems.",
    )


if __name__ == "__main__":
    main()
