"""The REST API's outside: so far only whether the process answers."""

from fastapi import FastAPI

api = FastAPI(title="AI Mock Interview Platform", openapi_url=None, docs_url=None, redoc_url=None)


@api.get("/health")
def health() -> dict[str, str]:
    """Whether the process answers."""
    return {"status": "ok"}
