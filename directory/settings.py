"""The settings, read once from a mapping such as `os.environ` into a frozen value."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from directory.errors import SettingsError

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
    }
)
_DRIVERS = frozenset({"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"})
_KEY_BYTES = 32
_MAX_WORKERS = 64
_MAX_PROXIES = 9


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
    """

    data_dir: Path
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    trusted_hosts: tuple[str, ...] = ()
    workers: int = 2
    https: bool = False
    proxies: int = 0
    limits: bool = True

    @property
    def index_dir(self) -> Path:
        """The folder of the text index; it can be deleted at any moment."""
        return self.data_dir / "index"


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
