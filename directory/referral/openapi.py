"""The OpenAPI description of the matcher."""

from collections.abc import Mapping
from typing import Any

from directory.referral.request import MatchIn
from directory.vocabulary import Term


def description(terms: Mapping[str, Term]) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of `POST /api/match`."""
    schema = MatchIn.model_json_schema(ref_template="#/components/schemas/{model}")
    parts = schema.pop("$defs", {})
    parts["NeedIn"]["properties"]["code"]["enum"] = [
        term.code for term in terms.values() if not term.is_group
    ]
    schemas = {**parts, "MatchIn": schema, "Answer": _ANSWER, "Refusal": _REFUSAL}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Aftercare NC matcher",
            "version": "1",
            "description": (
                "Ranks North Carolina services against what a survivor needs now."
                " A request is answered and forgotten: nothing of it is kept."
            ),
        },
        "paths": {
            "/api/match": {
                "post": {
                    "summary": "Rank services against needs",
                    "requestBody": {
                        "required": True,
                        "content": _json_content("MatchIn"),
                    },
                    "responses": {
                        "200": _response("Options, best first, and a plan", "Answer"),
                        "422": _response("The fields that are wrong", "Refusal"),
                    },
                }
            }
        },
        "components": {"schemas": schemas},
    }


def _json_content(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _response(text: str, name: str) -> dict[str, Any]:
    return {"description": text, "content": _json_content(name)}


_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_WHOLE = {"type": "integer", "minimum": 0}


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _maybe(kind: str, **more: object) -> dict[str, Any]:
    return {"type": [kind, "null"], **more}


_SAID = _list(_object(code=_TEXT, text=_TEXT))
_PHONES = _list(
    _object(number=_TEXT, extension=_maybe("string"), kind=_TEXT, answered_by=_TEXT)
)
_PROVIDERS = _list(
    _object(
        organization_id=_TEXT, organization_name=_TEXT, covers=_TEXTS, phones=_PHONES
    )
)
_ANSWER = _object(
    options=_list(
        _object(
            service_id=_TEXT,
            service_name=_TEXT,
            organization_id=_TEXT,
            organization_name=_TEXT,
            covers=_TEXTS,
            score={"type": "number", "minimum": 0, "maximum": 1},
            eligibility={"enum": ["yes", "ask"]},
            reasons=_SAID,
            ask=_SAID,
            cautions=_SAID,
            distance_miles=_maybe("number"),
            reach=_TEXT,
            open_now=_maybe("boolean"),
            language={
                "enum": ["staff", "interpreter", "not_recorded", "not_listed", None]
            },
            phones=_PHONES,
            verified_on=_maybe("string", format="date"),
        )
    ),
    plan=_object(
        providers=_PROVIDERS, uncovered=_TEXTS, alternatives=_list(_PROVIDERS)
    ),
    excluded=_object(
        total=_WHOLE,
        by_rule=_list(_object(rule=_TEXT, count=_WHOLE)),
        would_open=_list(_object(answer=_TEXT, count=_WHOLE)),
    ),
    next=_TEXTS,
    found=_WHOLE,
)
_REFUSAL = _object(
    errors=_list(_object(field=_TEXT, message=_TEXT, allowed=_TEXTS)),
)
