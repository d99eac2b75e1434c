"""The caller's own data: who they are, everything that is kept, and its end."""

from typing import Any

from fastapi import APIRouter, Response

from api.guarding import Caller, GuardedRoute
from api.wire_out import MeOut
from core.bootstrap import application

router = APIRouter(route_class=GuardedRoute, tags=["me"])
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The history, as Settings downloads it and brings it back.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["kind", "version", "history"],
                    "properties": {
                        "kind": {"const": "mock interview history"},
                        "version": {"const": 1},
                        "history": {"type": "object"},
                    },
                }
            }
        },
    }
}


@router.get("/me", summary="Who I am")
def me(caller: Caller) -> MeOut:
    """The caller's candidate, and what this access allows."""
    app = application()
    resume = app.preparing.current_resume(caller.user_id)
    return MeOut(
        id=caller.user_id,
        scopes=list(caller.scopes),
        interviews=len(app.interviewing.interviews(caller.user_id)),
        resume_id=resume.id if resume else None,
        can_store_keys=app.keys.can_store,
    )


@router.get("/me/export", summary="Everything that is kept of me", responses=_FILE)
def export(caller: Caller) -> Response:
    """Interviews, answers, judgements and resume as one file. Keys and tokens are not in it."""
    app = application()
    return Response(
        app.files.history_json(app.exporting.history(caller.user_id)),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="interview-history.json"'},
    )


@router.delete("/me", status_code=204, summary="Delete everything of mine")
def delete_me(caller: Caller) -> None:
    """Delete the candidate with all interviews, answers, resumes, keys and tokens, this one included."""
    application().exporting.delete_everything(caller.user_id)
