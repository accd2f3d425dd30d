"""What somebody wrote into the directory to harm its readers stays a text."""

import ast
import csv
import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from flask import Flask
from markupsafe import escape
from typing_extensions import override

from directory.cli.main import cli
from directory.interchange.table import TABLES, Column
from directory.projection.links import mail_address, web_address
from directory.settings import Settings
from directory.web.links import mail_link, web_link
from tests.builders import packages
from tests.safety.crawl import SMALL, crawl
from tests.safety.sites import stopped
from tests.safety.visit import Ask, Reply, ask
from tests.safety.world import read_in, write_out

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

PAYLOADS = (
    "<i>4</i>",
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "' onmouseover='alert(1)' x='",
    "</title></textarea></style><svg/onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7 * 1763668414 }}{% for x in y %}${7*1763668414}",
    "%(name)s %s %d <!-- --><base href=//evil.example>",
)
PRODUCT = str(7 * 1763668414)
"""Too long to stand in the digest of a file by chance."""

CODED = {
    *("number", "postal_code", "fips", "county_fips", "code", "attribute", "byday"),
    *("opens_at", "closes_at", "timezone", "country", "state_province", "source_date"),
    *("website", "url", "email", "region", "unit", "state_province"),
}
"""Columns with a form of their own, which `aftercare check` insists on."""

EVIL = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    "/\\evil.example",
    "http:evil",
    "https://",
    "https://user:password@evil.example",
    "https://example.org@evil.example",
    "https://evil\u202egro.example",
    'https://example.org/"onclick=alert(1)//',
    "httpx://example.org",
    "http-equiv:refresh",
    "mailto:x@example.org",
    "blob:https://example.org/x",
)
EVIL_MAIL = (
    "javascript:alert(1)",
    "a@example.org?bcc=evil@evil.example",
    "a?cc=evil@evil.example",
    "a@example.org,evil@evil.example",
    "a@example.org%0abcc:evil@evil.example ",
    "<a@example.org>",
)
HARMLESS = re.compile(
    r"/(?!/)|#|https?://|(tel|sms):\+?[0-9]+(,[0-9]+)?$|mailto:[^?&,]+@[\w.-]+$"
)
# What begins with `tel:` can do nothing but dial.
LINK = re.compile(r'(?:href|src|action|formaction)="(?!tel:)(?:[\w]+:)?\{\{(.*?)\}\}')
OWN_LINK = re.compile(
    r" *(url_for|number_link|in_language|(\w+_|access\.|)address)\("
    # The second is a picture that Flask-Security draws.
    r"| *((\w+[._])?address|authr_qrcode|chip.remove) *$"
    r"| *action or url_for\("
)
MARKED = re.compile(r"""Markup\(("[^"{]*"|'[^'{]*')\)""")
FILTERS = ("| web_link ", "| mail_link ")

Change = Callable[[Column, str], str]


class Outline(HTMLParser):
    """What a page is made of: its elements and the names of their attributes."""

    def __init__(self) -> None:
        """Start with an empty page."""
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.links.extend(
            text or "" for name, text in attrs if name in {"href", "src", "action"}
        )


def outline(page: Reply) -> Outline:
    """Return what a page is made of."""
    parser = Outline()
    parser.feed(page.text)
    parser.close()
    return parser


def changed(plain: Settings, folder: Path, change: Change) -> Flask:
    """Return the small world with `change` made to every cell that holds something."""
    package = folder / "package"
    write_out(plain, package)
    for table in TABLES:
        columns = {column.name: column for column in table.columns}
        with (package / table.file).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row.update({n: change(columns[n], row[n]) for n in row if n in columns})
        with (package / table.file).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.header)
            writer.writeheader()
            writer.writerows(rows)
    return stopped(read_in(package, folder / "data"))


def adding(texts: Sequence[str]) -> Change:
    """Return a change that puts each of `texts` in turn behind every free text."""
    turn = cycle(texts)

    def add(column: Column, cell: str) -> str:
        if column.name in CODED or column.name.endswith("id"):
            return cell
        text = f"{cell or 'x'} {next(turn)}"
        return text if _is_read(column, text) else cell

    return add


def _is_read(column: Column, text: str) -> bool:
    try:
        return column.read(text) == text.strip()
    except ValueError:
        return False


def setting(columns: Sequence[str], texts: Sequence[str]) -> Change:
    """Return a change that puts each of `texts` in turn into some columns."""
    turn = cycle(texts)

    def put(column: Column, cell: str) -> str:
        text = next(turn) if column.name in columns else cell
        return text if _is_read(column, text) else cell

    return put


def pages(app: Flask) -> Iterator[tuple[Ask, Reply]]:
    """Yield all pages whose shape does not depend on the words that are searched."""
    for number, what in enumerate(crawl(app, SMALL)):
        of_a_grid = re.search("/(search|match)", what.path) and number % 4
        by_words = re.search(r"[?&]q=", what.path)
        if what.method in {"GET", "POST"} and not (of_a_grid or by_words):
            reply = ask(app, what)
            if reply.text.startswith("<!doctype html>"):
                yield what, reply


def test_no_field_of_a_package_makes_an_element(
    plain: Settings, tmp_path: Path
) -> None:
    harmless = changed(plain, tmp_path / "1", adding(["x" * len(p) for p in PAYLOADS]))
    hostile = changed(plain, tmp_path / "2", adding(PAYLOADS))
    seen = set()
    for (what, one), (_, two) in zip(pages(harmless), pages(hostile), strict=True):
        expected, found = outline(one).elements, outline(two).elements
        assert set(found) <= set(expected), what
        if re.search("/(services|organizations)/", what.path):
            assert found == expected, what
        assert PRODUCT not in two.text
        seen |= {p for p in PAYLOADS if str(escape(p)) in two.text}
    assert seen == set(PAYLOADS)


def test_no_stored_address_leads_to_what_is_no_page(
    plain: Settings, tmp_path: Path
) -> None:
    app = changed(plain, tmp_path, setting(["website", "url", "source"], EVIL))
    mail = changed(plain, tmp_path / "mail", setting(["email"], EVIL_MAIL))
    followed = 0
    for what, page in (*pages(app), *pages(mail)):
        links = outline(page).links
        followed += len(links)
        assert [link for link in links if not HARMLESS.match(link)] == [], what
        assert "evil.example" not in " ".join(links), what
    assert followed > 1000


def test_no_stored_address_leaves_in_a_file_either(
    plain: Settings, tmp_path: Path
) -> None:
    changed(plain, tmp_path, setting(["website", "url"], EVIL))
    environ = {"AFTERCARE_DATA_DIR": str(tmp_path / "data")}
    words = ["export", str(tmp_path / "out")]
    assert CliRunner().invoke(cli, words, env=environ).exit_code == 0
    for file, column in (("organizations", "website"), ("services", "url")):
        with (tmp_path / "out" / f"{file}.csv").open(encoding="utf-8") as exported:
            assert {row[column] for row in csv.DictReader(exported)} == {""}


@pytest.mark.parametrize("address", EVIL)
def test_an_evil_address_is_no_link_wherever_it_comes_from(address: str) -> None:
    assert web_address(address) is None
    assert web_link(address) == "#"


@pytest.mark.parametrize("address", EVIL_MAIL)
def test_a_mail_address_cannot_add_to_the_letter(address: str) -> None:
    assert mail_address(address) is None
    assert mail_link(address) == "#"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org",
        "http://example.org:8080/a_b/c?d=e&f=g#h",
        "https://example.org/caf%C3%A9/ñ",
        "https://example.org./x",
    ],
)
def test_an_address_of_a_page_stays_as_it_is(address: str) -> None:
    assert web_link(address) == web_address(address) == address


def test_an_address_of_a_mailbox_stays_as_it_is() -> None:
    assert mail_link("help+nc@example.org") == "mailto:help%2Bnc@example.org"
    assert mail_address("o'hara@example.org") == "o'hara@example.org"


@pytest.mark.parametrize("column", ["website", "email"])
def test_the_check_refuses_what_is_no_address(tmp_path: Path, column: str) -> None:
    evil = EVIL if column == "website" else EVIL_MAIL
    for number, address in enumerate(evil):
        rows = [packages.organization(**{column: address})]
        folder = packages.write_folder(
            tmp_path / str(number), packages.whole(organizations=rows)
        )
        result = CliRunner().invoke(cli, ["check", str(folder)])
        assert result.exit_code == 1, address
        assert "Traceback" not in result.output


def test_a_hostile_page_runs_nothing_in_a_browser(
    plain: Settings, tmp_path: Path, page: "Page"
) -> None:
    app = changed(plain, tmp_path, adding(PAYLOADS))
    said: list[str] = []

    def answer(route: "Route") -> None:
        path = route.request.url.removeprefix("http://127.0.0.1:1")
        reply = ask(app, Ask(path=path))
        route.fulfill(status=reply.status, headers=dict(reply.headers), body=reply.body)

    page.route("**/*", answer)
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("/services/shelter", "/organizations/harbor", "/counties/37183"):
        page.goto(f"http://127.0.0.1:1{path}")
        inline = page.evaluate("document.querySelectorAll('script:not([src])').length")
        assert inline == 0
    assert said == []


def test_no_template_and_no_view_switches_escaping_off(checkout: Path) -> None:
    text = "".join(f.read_text("utf-8") for f in (checkout / "templates").rglob("*.*"))
    assert not re.search(r"\|\s*(safe|tojson|xmlattr)\b|autoescape", text)
    # A letter is plain text: nothing in it is read as anything else.
    letters = checkout / "directory" / "curation" / "letters" / "writing.py"
    for file in {*(checkout / "directory").rglob("*.py")} - {letters}:
        # What is marked as safe is written out there, and made of nothing.
        code = MARKED.sub("", file.read_text("utf-8"))
        assert not re.search(r"Markup\(|autoescape|template_string", code), file


def test_a_template_makes_links_of_stored_addresses_only_through_the_filters(
    checkout: Path,
) -> None:
    for file in (checkout / "templates").rglob("*.html"):
        for made in LINK.findall(file.read_text("utf-8")):
            assert OWN_LINK.match(made) or made.endswith(FILTERS), (file.name, made)


PARTS = ("directory", "matcher")
FETCHING = {
    *("aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "telnetlib"),
    *("urllib.request", "urllib3", "xmlrpc", "poplib", "imaplib", "nntplib", "asyncio"),
}


def imported(file: Path) -> Iterator[str]:
    """Yield the names of the modules that `file` imports anywhere."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_program_fetches_nothing(checkout: Path) -> None:
    """What a listing names is never opened by the site, so it can lead it nowhere."""
    files = [
        *(checkout / "directory").rglob("*.py"),
        *(checkout / "matcher").glob("*.py"),
    ]
    assert len(files) > 80
    found = {
        (file.relative_to(checkout).as_posix(), name)
        for file in files
        for name in imported(file)
        if name in FETCHING or name.partition(".")[0] in FETCHING | {"socket"}
    }
    # The server opens a socket to listen, and the worker answers on one. Letters go to
    # the one mail server that the operator names.
    assert {file for file, _ in found} <= {
        "directory/mail/mailer.py",
        "directory/cli/serve.py",
        "directory/web/worker.py",
    }
    assert {name for _, name in found} == {"smtplib", "socket"}
