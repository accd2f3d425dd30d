"""A request whose address can be read, whatever bytes a client put into it."""

from typing import Any
from urllib.parse import quote

from flask import Request

_ASCII = "".join(map(chr, range(128)))


class ReadableRequest(Request):
    """A request in whose query bytes beyond ASCII are written as `%ff`.

    A browser writes them so. Bytes that come as they are need not be UTF-8, and reading
    the query would fail anywhere, even on the page that says that something failed.
    """

    def __init__(self, environ: dict[str, Any], *args: bool) -> None:
        """Write the query of `environ` in ASCII."""
        query = environ.get("QUERY_STRING", "")
        if not query.isascii():
            environ["QUERY_STRING"] = quote(query, safe=_ASCII, encoding="latin-1")
        super().__init__(environ, *args)
