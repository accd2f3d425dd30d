"""The headers of every answer, whatever its status."""

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
_HEADERS = {
    "Content-Security-Policy": _POLICY,
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
_PRIVATE = frozenset({"public.match", "match_api.match"})


def add_headers(app: Flask, *, https: bool) -> None:
    """Give every answer of `app` its headers.

    Pages are never kept by a browser or a proxy (`no-store`). Static files do not come
    this way: the server in front of the application gives them out.
    """

    @app.after_request
    def _add(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers[name] = value
        response.headers["Cache-Control"] = "no-store"
        if request.endpoint in _PRIVATE:
            response.headers["X-Robots-Tag"] = "noindex, noarchive"
        if https:
            age = "max-age=63072000; includeSubDomains"
            response.headers["Strict-Transport-Security"] = age
        return response
