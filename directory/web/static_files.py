"""Gives out the style, the script and the library's own files, for ever the same.

The address of each holds a digest of them all, so a browser may keep them and still
gets new ones when anything changes.
"""

import hashlib
from pathlib import Path
from wsgiref.headers import Headers

import flask_bootstrap
from flask import Flask
from whitenoise import WhiteNoise

OWN = Path(__file__).resolve().parent / "static"
_BOOTSTRAP = Path(flask_bootstrap.__file__).resolve().parent / "static" / "bootstrap5"
# No other file of the library is given out: some name outside addresses.
_FROM_BOOTSTRAP = ("css/bootstrap.min.css",)


def digest() -> str:
    """Return a short digest over all static files."""
    seen = hashlib.sha256()
    for file in [*sorted(OWN.rglob("*")), *(_BOOTSTRAP / f for f in _FROM_BOOTSTRAP)]:
        if file.is_file():
            seen.update(file.name.encode())
            seen.update(file.read_bytes())
    return seen.hexdigest()[:16]


def prefix() -> str:
    """Return the path under which static files are given out."""
    return f"/assets/{digest()}"


def serve_static(app: Flask, path: str) -> None:
    """Put WhiteNoise in front of `app`, with the files below `path`."""
    files = WhiteNoise(
        app.wsgi_app,
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=_add_headers,
    )
    files.add_files(str(OWN), prefix=path)
    for name in _FROM_BOOTSTRAP:
        files.add_file_to_dictionary(
            f"{path}/bootstrap/{Path(name).name}", str(_BOOTSTRAP / name)
        )
    app.wsgi_app = files  # type: ignore[method-assign]


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Referrer-Policy"] = "same-origin"
