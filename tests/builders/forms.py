"""Forms as a browser fills and sends them: what a page shows, and what is typed."""

from html.parser import HTMLParser

from flask.testing import FlaskClient
from typing_extensions import override
from werkzeug.test import TestResponse

Filled = dict[str, list[str]]


class _Form(HTMLParser):
    """Collects what a browser would send of the form with an id."""

    def __init__(self, identifier: str) -> None:
        super().__init__()
        self.sent: Filled = {}
        self._identifier = identifier
        self._inside = False
        self._area: str | None = None
        self._text = ""
        self._select: tuple[str, list[str], list[str]] | None = None

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("id") == self._identifier:
            self._inside = True
        if not self._inside:
            return
        if tag == "input":
            self._take_input(given)
        elif tag == "textarea":
            self._area, self._text = given["name"], ""
        elif tag == "select":
            self._select = (given["name"], [], [])
        elif tag == "option" and self._select is not None:
            self._select[1].append(given["value"])
            if "selected" in given:
                self._select[2].append(given["value"])

    def _take_input(self, given: dict[str, str]) -> None:
        is_box = given.get("type") in {"checkbox", "radio"}
        if not is_box or "checked" in given:
            self.sent.setdefault(given["name"], []).append(given.get("value", ""))

    @override
    def handle_data(self, data: str) -> None:
        self._text += data

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area is not None:
            self.sent[self._area] = [self._text.removeprefix("\n")]
            self._area = None
        elif tag == "select" and self._select is not None:
            name, options, chosen = self._select
            self.sent[name] = (chosen or options)[:1]
            self._select = None


def filled(html: str, identifier: str = "form") -> Filled:
    """Return what a browser would send of a form that nobody touched."""
    reader = _Form(identifier)
    reader.feed(html)
    assert reader.sent, "there is no such form"
    return reader.sent


def typed(form: Filled, **texts: str | list[str]) -> Filled:
    """Return a form with other texts in some fields; `__` stands for a hyphen."""
    given = {
        name.replace("__", "-"): [text] if isinstance(text, str) else text
        for name, text in texts.items()
    }
    return {**form, **given}


def correct(client: FlaskClient, path: str, **texts: str | list[str]) -> TestResponse:
    """Open the form at `path`, type into some fields, and send it."""
    shown = client.get(path)
    assert shown.status_code == 200, shown.status
    return client.post(path, data=typed(filled(shown.text), **texts))
