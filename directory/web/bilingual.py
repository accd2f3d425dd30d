"""Pages in two languages: the path says which, and no cookie does."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Blueprint, Flask, current_app

from directory.web.language import current_language

_View = TypeVar("_View", bound=Callable[..., Any])


class Page(Protocol):
    """Puts a view at an address, and at the Spanish one below `/es`."""

    def __call__(
        self, path: str, *, methods: tuple[str, ...] = ("GET",)
    ) -> Callable[[_View], _View]:
        """Answer at `path` in English, and at `/es` + `path` in Spanish."""


def pages_of(blueprint: Blueprint) -> Page:
    """Return the decorator that puts pages on `blueprint`, in both languages."""

    def page(
        path: str, *, methods: tuple[str, ...] = ("GET",)
    ) -> Callable[[_View], _View]:
        def register(view: _View) -> _View:
            for rule in (path, f"/<any(es):lang>{path}"):
                blueprint.add_url_rule(
                    rule, endpoint=view.__name__, view_func=view, methods=[*methods]
                )
            return view

        return register

    return page


def carry_language(app: Flask) -> None:
    """Let links of `app` stay in the language of the page that they stand on."""
    app.url_value_preprocessor(_drop_language)
    app.url_defaults(_keep_language)


def _drop_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is not None:
        values.pop("lang", None)


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values.setdefault("lang", "es" if current_language() == "es" else None)
