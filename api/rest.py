"""The REST API: the use cases over HTTP, mounted at /api beside the pages."""

from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

from api import answering, docs, interviews, me, providers, resumes, spoken
from api.limits import BodyLimit, RequestCounter
from api.openapi import describe
from api.problems import install_problems
from api.recordings_held import RecordingsHeld
from core.config import Settings, settings

VERSION = "1"
_health = APIRouter(tags=["health"])


class Health(BaseModel):
    """That the process answers."""

    status: str = "ok"


@_health.get("/health", summary="Whether the process answers")
async def health() -> Health:
    """Whether the process answers; asks for nothing and looks at nothing."""
    return Health()


@cache
def rest() -> FastAPI:
    """The process's one API, made at the first call from the process's settings."""
    return make_rest(settings())


def make_rest(chosen: Settings) -> FastAPI:
    """An API for these settings."""
    api = FastAPI(
        title="AI Mock Interview Platform",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    api.state.requests = RequestCounter(chosen.api_requests_per_minute)
    api.state.recordings = RecordingsHeld()
    # The answer stands before the interviews: /interview/answer is no interview's id. A spoken one comes as
    # a form to the same address, and is described with it.
    parts = (_health, docs, resumes, spoken, answering, interviews, me, providers)
    for part in parts:
        api.include_router(part if isinstance(part, APIRouter) else part.router)
    install_problems(api)
    api.add_middleware(BodyLimit)

    def openapi() -> dict[str, Any]:
        if api.openapi_schema is None:
            api.openapi_schema = describe(api, is_hosted=chosen.is_hosted)
        return api.openapi_schema

    api.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend it
    return api
