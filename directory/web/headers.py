"""The headers of every answer, whatever its status and whoever gives it."""

from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "geolocation=(), camera=(), microphone=(), payment=(), usb=(),"
        " browsing-topics=()"
    ),
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noarchive",
}
"""What every answer bears. Pages are never kept by a browser or a proxy."""

_HTTPS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
_PRIVATE = frozenset({"public.match", "match_api.match"})
_OPEN = frozenset({None, "public", "match_api", "operations"})
"""Blueprints whose pages a search engine may list; all others it may not."""
# A view may ask that its page be not even listed; a static file may be kept for ever.
_STRICTER = {"x-robots-tag": "noindex", "cache-control": "immutable"}

Headers = list[tuple[str, str]]


def add_headers(app: Flask, *, https: bool) -> None:
    """Give every answer of `app` its headers, also those that no view makes."""
    app.after_request(_keep_private)
    app.wsgi_app = _Headed(  # type: ignore[method-assign]
        app.wsgi_app, {**HEADERS, **(_HTTPS if https else {})}
    )


def _keep_private(response: Response) -> Response:
    if request.endpoint in _PRIVATE or request.blueprint not in _OPEN:
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


class _Headed:
    """A WSGI application whose answers all bear the same headers."""

    def __init__(self, application: WSGIApplication, headers: dict[str, str]) -> None:
        self._application = application
        self._headers = headers

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        def start(
            status: str, given: Headers, exc_info: object = None, /
        ) -> Callable[[bytes], object]:
            return start_response(status, self._completed(given), exc_info)  # type: ignore[arg-type]

        return self._application(environ, start)

    def _completed(self, given: Headers) -> Headers:
        kept = [(name, text) for name, text in given if self._may_stay(name, text)]
        there = {name.lower() for name, _text in kept}
        own = self._headers.items()
        return [*kept, *((n, text) for n, text in own if n.lower() not in there)]

    def _may_stay(self, name: str, text: str) -> bool:
        lower = name.lower()
        if lower in _STRICTER:
            return _STRICTER[lower] in text
        return all(lower != own.lower() for own in self._headers)
