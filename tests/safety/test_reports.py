"""Who tells that a listing is wrong is in nothing that the server writes.

It runs as it is served, in two processes, which must not take one person for two.
"""

import random
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from sqlite3 import connect
from urllib.parse import urlencode

from tests.safety.server import HOST, PATIENCE_SECONDS, Server, serving
from tests.safety.tokens import FORM, TOKEN, headers, token
from tests.safety.world import build

OFTEN = 16

AT_NOON = """
from directory.web.site import Site
from tests.safety.sites import NOON

Site.now = lambda _site: NOON
from directory.cli import main
main()
"""
"""The server at noon: who reports before and after midnight has two names."""


def tell(server: Server, service: str, kind: str, sent: dict[str, str]) -> int:
    """Report on a connection of its own, so that either process may get it."""
    with closing(
        HTTPConnection(HOST, server.port, timeout=PATIENCE_SECONDS)
    ) as connection:
        body = urlencode({"kind": kind, "note": sent["User-Agent"]}).encode()
        path = f"/services/{service}/report"
        connection.request("POST", path, body=body, headers=sent)
        return connection.getresponse().status


def rows(server: Server, query: str) -> list[tuple[object, ...]]:
    """Return what the database of a server holds."""
    with closing(connect(server.data / "aftercare.db")) as database:
        return database.execute(query).fetchall()


def test_a_reporter_is_one_in_all_processes_and_is_written_nowhere(
    tmp_path: Path,
) -> None:
    draw = random.Random(7)  # noqa: S311 - the same each time
    person = {**headers(draw, FORM), "User-Agent": token(draw)}
    # A directory of its own, of which nobody has told anything.
    data = build(tmp_path / "world", 0).data_dir
    more = {"AFTERCARE_PROXIES": "1"}
    with serving(tmp_path / "at", data, program=AT_NOON, environ=more) as server:
        [(service,)] = rows(
            server, "SELECT id FROM service WHERE status = 'active' ORDER BY id LIMIT 1"
        )
        statuses = {tell(server, str(service), "closed", person) for _ in range(OFTEN)}
        assert statuses == {200}
        assert rows(server, "SELECT count(*) FROM report") == [(1,)]
        assert rows(server, "SELECT * FROM doubt") == []
        other = {**headers(draw, FORM), "User-Agent": token(draw)}
        assert tell(server, str(service), "closed", other) == 200
        assert rows(server, "SELECT kind, count FROM doubt") == [("closed", 2)]
        found = {name: TOKEN.findall(content) for name, content in server.written()}
    assert {name: tokens for name, tokens in found.items() if tokens} == {}
