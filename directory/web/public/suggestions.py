"""Suggestions for the search box, while somebody types in it."""

from flask import Response, jsonify, request

from directory.web.forms.search import MAX_TEXT
from directory.web.language import current_language
from directory.web.public.blueprint import page
from directory.web.site import the_site
from directory.web.texts import lazy_gettext as _

KINDS = {
    "term": _("kind of help"),
    "region": _("region"),
    "county": _("county"),
    "city": _("place"),
    "organization": _("organization"),
    "service": _("service"),
}
"""What a suggestion is, as it stands beside it; a word stands for itself."""


@page("/suggest")
def suggest() -> Response:
    """Return what could be meant by `q`; only places where `for` is `place`."""
    site = the_site()
    found = site.searcher.suggest(
        site.snapshot(),
        request.args.get("q", "")[:MAX_TEXT],
        current_language(),
        places=request.args.get("for") == "place",
    )
    return jsonify(
        suggestions=[
            {"text": one.text, "kind": one.kind, "what": str(KINDS.get(one.kind, ""))}
            for one in found
        ]
    )
