"""The settings, read once from a mapping such as `os.environ` into a frozen value."""

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from directory.errors import SettingsError

SITE_URL = "AFTERCARE_SITE_URL"
"""The setting that says how links in letters begin."""

_KNOWN = frozenset(
    {
        "AFTERCARE_DATABASE_URL",
        "AFTERCARE_DATA_DIR",
        "AFTERCARE_SECRET_KEY",
        "AFTERCARE_TRUSTED_HOSTS",
        "AFTERCARE_WORKERS",
        "AFTERCARE_HTTPS",
        "AFTERCARE_PROXIES",
        "AFTERCARE_LIMITS",
        "AFTERCARE_MAIL_URL",
        "AFTERCARE_MAIL_FROM",
        "AFTERCARE_SITE_URL",
    }
)
_DRIVERS = frozenset({"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"})
_KEY_BYTES = 32
_MAX_WORKERS = 64
_MAX_PROXIES = 9
USUAL_SITE = "http://127.0.0.1:8000"
"""Where links lead until somebody says where the site is: to this machine."""
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*"
_MAILBOX = re.compile(
    r"(?=.{3,254}\Z)(?=[^@]{1,64}@)[\w!#$%&'*+/=?^`{|}~-]+"
    rf"(?:\.[\w!#$%&'*+/=?^`{{|}}~-]+)*@{_HOST}\Z",
    re.ASCII | re.IGNORECASE,
)
_IMPLICIT_TLS_PORT = 465
_SUBMISSION_PORT = 587
_RELAY_PORT = 25
_MAIL_SHAPE = (
    "AFTERCARE_MAIL_URL must look like smtp://user:password@host:port or"
    " smtps://user:password@host:port; write / ? # @ : in a password as"
    " %2F %3F %23 %40 %3A."
)
_SITE_SHAPE = (
    "AFTERCARE_SITE_URL must look like https://host or https://host:port, with nothing"
    " behind it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The server that takes our letters, and how it is spoken to.

    - `tls`: the connection is encrypted from its first byte.
    - `starttls`: it begins in the clear, and is encrypted before anything is said.
    """

    host: str
    port: int
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    tls: bool = False
    starttls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that an installation can set.

    - `data_dir`: folder of the database, the text index and the key.
    - `database_url`: SQLAlchemy address; SQLite in `data_dir` by default.
    - `secret_key`: signs what the site signs; at least 32 bytes.
    - `trusted_hosts`: `Host` names that are answered; any when empty.
    - `workers`: processes that serve pages.
    - `https`: the site is reached over HTTPS, so browsers are told to insist on it.
    - `proxies`: how many proxies of ours stand in front; each names its client.
    - `limits`: how much one address may ask is limited here, and not by a proxy.
    - `mail_url`: the server that letters go to; without one none is sent.
    - `mail_from`: the mailbox that letters come from.
    - `site_url`: how links in letters begin; it has no slash at its end.
    """

    data_dir: Path
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    trusted_hosts: tuple[str, ...] = ()
    workers: int = 2
    https: bool = False
    proxies: int = 0
    limits: bool = True
    mail_url: str | None = field(default=None, repr=False)
    mail_from: str | None = None
    site_url: str = USUAL_SITE

    @property
    def index_dir(self) -> Path:
        """The folder of the text index; it can be deleted at any moment."""
        return self.data_dir / "index"

    @property
    def mail_server(self) -> MailServer | None:
        """The server that letters go to, if there is one."""
        return None if self.mail_url is None else _mail_server(self.mail_url)


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that `environ` holds.

    Raises `SettingsError` for a name that starts with `AFTERCARE_` and is not known,
    and for a value that is malformed or unsafe.
    """
    unknown = sorted(
        name
        for name in environ
        if name.startswith("AFTERCARE_")
        and name not in _KNOWN
        and name != "AFTERCARE_REQUIRE_ALL"
    )
    if unknown:
        msg = f"{unknown[0]} is not a setting. Known: {', '.join(sorted(_KNOWN))}."
        raise SettingsError(msg)
    data_dir = Path(environ.get("AFTERCARE_DATA_DIR") or "instance").resolve()
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(environ, data_dir),
        secret_key=_secret_key(environ, data_dir),
        trusted_hosts=_words(environ.get("AFTERCARE_TRUSTED_HOSTS", "")),
        workers=_number(environ, "AFTERCARE_WORKERS", (1, _MAX_WORKERS), usual=2),
        https=_flag(environ, "AFTERCARE_HTTPS", usual="no"),
        proxies=_number(environ, "AFTERCARE_PROXIES", (0, _MAX_PROXIES), usual=0),
        limits=_flag(environ, "AFTERCARE_LIMITS", usual="yes"),
        mail_url=_mail_url(environ),
        mail_from=_mail_from(environ),
        site_url=_site_url(environ.get("AFTERCARE_SITE_URL") or USUAL_SITE),
    )


def _database_url(environ: Mapping[str, str], data_dir: Path) -> str:
    text = environ.get("AFTERCARE_DATABASE_URL", "")
    if not text:
        return f"sqlite:///{data_dir / 'aftercare.db'}"
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        msg = "AFTERCARE_DATABASE_URL is not an address that SQLAlchemy understands."
        raise SettingsError(msg) from error
    if url.drivername not in _DRIVERS:
        msg = (
            "AFTERCARE_DATABASE_URL must name SQLite or PostgreSQL, and so begin with"
            " sqlite:// or postgresql://."
        )
        raise SettingsError(msg)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        msg = "AFTERCARE_DATABASE_URL must name a file: each worker opens it anew."
        raise SettingsError(msg)
    return url.render_as_string(hide_password=False)


def _secret_key(environ: Mapping[str, str], data_dir: Path) -> str:
    key = environ.get("AFTERCARE_SECRET_KEY")
    if key is None:
        return _kept_key(data_dir / "secret_key")
    if len(key.encode()) < _KEY_BYTES:
        msg = (
            f"AFTERCARE_SECRET_KEY is too short: it needs {_KEY_BYTES} bytes or more."
            " Leave it out to have one made."
        )
        raise SettingsError(msg)
    return key


def _kept_key(file: Path) -> str:
    """Return the key in `file`, which is made with mode 600 when it is not there."""
    try:
        if not file.exists():
            _make_key(file)
        key = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        msg = f"The data folder {file.parent} cannot be used: {error.strerror}."
        raise SettingsError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"The key in {file} is no text. Delete that file to have one made."
        raise SettingsError(msg) from error
    if len(key.encode()) < _KEY_BYTES:
        msg = f"The key in {file} is too short. Delete that file to have one made."
        raise SettingsError(msg)
    return key


def _make_key(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # A link appears whole or not at all, so of several starting processes one makes
    # the key and none reads half of it.
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as writer:
        writer.write(secrets.token_urlsafe(_KEY_BYTES))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _mail_url(environ: Mapping[str, str]) -> str | None:
    text = environ.get("AFTERCARE_MAIL_URL") or None
    if text is not None:
        _mail_server(text)
    return text


def _mail_server(text: str) -> MailServer:
    """Return the mail server that `text` names; a refusal never quotes it."""
    url, port = _split(text, _MAIL_SHAPE)
    if url.scheme not in {"smtp", "smtps"} or url.path not in {"", "/"} or url.fragment:
        raise SettingsError(_MAIL_SHAPE)
    host = url.hostname or ""
    tls = url.scheme == "smtps"
    starttls = not tls and _starts_tls(url.query, usual=not _is_loopback(host))
    if tls and url.query:
        msg = "AFTERCARE_MAIL_URL: smtps:// is encrypted already, and takes no ?."
        raise SettingsError(msg)
    user, password = _credentials(url)
    if user and not (tls or starttls or _is_loopback(host)):
        msg = "AFTERCARE_MAIL_URL would send its password without encryption."
        raise SettingsError(msg)
    usual = _SUBMISSION_PORT if starttls else _RELAY_PORT
    return MailServer(
        host=host,
        port=port or (_IMPLICIT_TLS_PORT if tls else usual),
        user=user,
        password=password,
        tls=tls,
        starttls=starttls,
    )


def _starts_tls(query: str, *, usual: bool) -> bool:
    if not query:
        return usual
    asked = parse_qsl(query, keep_blank_values=True)
    if asked not in ([("starttls", "yes")], [("starttls", "no")]):
        msg = "AFTERCARE_MAIL_URL may end in ?starttls=yes or ?starttls=no only."
        raise SettingsError(msg)
    return asked == [("starttls", "yes")]


def _credentials(url: SplitResult) -> tuple[str | None, str | None]:
    if "@" not in url.netloc:
        return None, None
    user, password = unquote(url.username or ""), unquote(url.password or "")
    # The library fails over other letters in the midst of sending, and quotes them.
    if not (_is_plain(user) and _is_plain(password)):
        msg = (
            "AFTERCARE_MAIL_URL must name both user and password, in plain letters, or"
            " neither."
        )
        raise SettingsError(msg)
    return user, password


def _is_plain(text: str) -> bool:
    return text != "" and text.isascii() and text.isprintable()


def _mail_from(environ: Mapping[str, str]) -> str | None:
    text = environ.get("AFTERCARE_MAIL_FROM") or None
    if text is None and environ.get("AFTERCARE_MAIL_URL"):
        msg = "AFTERCARE_MAIL_FROM must name who letters come from, if there are any."
        raise SettingsError(msg)
    if text is not None and not _MAILBOX.match(text):
        msg = "AFTERCARE_MAIL_FROM must be one plain address, as in care@example.org."
        raise SettingsError(msg)
    return text


def _site_url(text: str) -> str:
    url, port = _split(text, _SITE_SHAPE)
    more = url.path not in {"", "/"} or "?" in text or "#" in text or "@" in url.netloc
    if url.scheme not in {"http", "https"} or more:
        raise SettingsError(_SITE_SHAPE)
    host = url.hostname or ""
    if url.scheme == "http" and not _is_loopback(host):
        msg = "AFTERCARE_SITE_URL must begin with https://: its links open listings."
        raise SettingsError(msg)
    shown = f"[{host}]" if ":" in host else host
    return f"{url.scheme}://{shown}:{port}" if port else f"{url.scheme}://{shown}"


def _split(text: str, refusal: str) -> tuple[SplitResult, int | None]:
    """Return the parts of an address and its port, or refuse it."""
    try:
        # `urlsplit` would leave out line breaks without a word.
        url = urlsplit(text if text.isprintable() and " " not in text else "")
        port = url.port
    except ValueError:
        url, port = urlsplit(""), None
    if not _is_host(url.hostname or "") or port == 0 or url.netloc.endswith(":"):
        raise SettingsError(refusal)
    return url, port


def _is_host(text: str) -> bool:
    return bool(re.fullmatch(_HOST, text)) or (":" in text and _is_address(text))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _number(
    environ: Mapping[str, str], name: str, allowed: tuple[int, int], *, usual: int
) -> int:
    text = environ.get(name, str(usual))
    lowest, highest = allowed
    # Longer than any number that is allowed; Python refuses to read much longer ones.
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(highest))
    if not (digits and lowest <= int(text) <= highest):
        msg = f"{name} must be a whole number from {lowest} to {highest}."
        raise SettingsError(msg)
    return int(text)


def _flag(environ: Mapping[str, str], name: str, *, usual: str) -> bool:
    text = (environ.get(name) or usual).lower()
    if text in {"0", "no", "false"}:
        return False
    if text in {"1", "yes", "true"}:
        return True
    msg = f"{name} must be yes or no."
    raise SettingsError(msg)
