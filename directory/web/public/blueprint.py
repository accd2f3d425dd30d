"""The blueprint of the public pages, and how their addresses carry the language."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, current_app

from directory.web.language import current_language

_View = TypeVar("_View", bound=Callable[..., Any])

blueprint = Blueprint("public", __name__)


def page(path: str, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[_View], _View]:
    """Answer at `path` in English, and at `/es` + `path` in Spanish."""

    def register(view: _View) -> _View:
        for rule in (path, f"/<any(es):lang>{path}"):
            blueprint.add_url_rule(
                rule, endpoint=view.__name__, view_func=view, methods=[*methods]
            )
        return view

    return register


@blueprint.url_value_preprocessor
def _drop_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is not None:
        values.pop("lang", None)


@blueprint.app_url_defaults
def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values.setdefault("lang", "es" if current_language() == "es" else None)
