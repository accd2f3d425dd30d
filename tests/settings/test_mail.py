"""What settings say of letters: who takes them, who sends them, where links lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import SettingsError
from directory.settings import MailServer, load_settings

# A whole environment, so that a test names only what it changes.
USUAL = {
    "AFTERCARE_SECRET_KEY": "k" * 32,
    "AFTERCARE_MAIL_URL": "smtps://mail.example.org",
    "AFTERCARE_MAIL_FROM": "care@example.org",
}


def refusal(name: str, value: str) -> str:
    """Return the sentence with which a setting is refused."""
    with pytest.raises(SettingsError) as caught:
        load_settings({**USUAL, name: value})
    return str(caught.value)


def test_without_a_mail_server_nothing_is_sent() -> None:
    settings = load_settings({"AFTERCARE_SECRET_KEY": "k" * 32})
    assert (settings.mail_url, settings.mail_server) == (None, None)
    assert settings.site_url == "http://127.0.0.1:8000"


# address: host, port, encrypted at once, encrypted before anything is said
SERVERS = [
    ("smtps://h.org", "h.org", 465, True, False),
    ("smtps://h.org:4650", "h.org", 4650, True, False),
    ("smtp://h.org", "h.org", 587, False, True),
    ("smtp://h.org/", "h.org", 587, False, True),
    ("smtp://h.org?starttls=yes", "h.org", 587, False, True),
    ("smtp://h.org?starttls=no", "h.org", 25, False, False),
    ("smtp://h.org:2525/?starttls=no", "h.org", 2525, False, False),
    ("smtp://127.0.0.1", "127.0.0.1", 25, False, False),
    ("smtp://localhost:1025", "localhost", 1025, False, False),
    ("smtp://[::1]:1025", "::1", 1025, False, False),
    ("smtp://127.0.0.1:1025?starttls=yes", "127.0.0.1", 1025, False, True),
    # Not every name that begins so is this machine.
    ("smtp://localhost.example.org", "localhost.example.org", 587, False, True),
    ("smtp://127.0.0.1.example.org", "127.0.0.1.example.org", 587, False, True),
    ("SMTPS://H.ORG", "h.org", 465, True, False),
]


@pytest.mark.parametrize(("url", "host", "port", "tls", "starttls"), SERVERS)
def test_a_mail_server_is_taken(
    url: str,
    host: str,
    port: int,
    tls: bool,  # noqa: FBT001
    starttls: bool,  # noqa: FBT001
) -> None:
    settings = load_settings({**USUAL, "AFTERCARE_MAIL_URL": url})
    assert settings.mail_url == url
    assert settings.mail_server == MailServer(
        host=host, port=port, tls=tls, starttls=starttls
    )


def test_user_and_password_are_read_as_they_were_before_they_were_escaped() -> None:
    url = "smtps://me%40h.org:p%3Aw%2F%25@h.org"
    server = load_settings({**USUAL, "AFTERCARE_MAIL_URL": url}).mail_server
    assert server
    assert (server.user, server.password) == ("me@h.org", "p:w/%")


@pytest.mark.parametrize(
    "url",
    [
        "no address",
        "h.org",
        "smtp:h.org",
        "smtp://",
        "smtp://:25",
        "http://h.org",
        "smtp+ssl://h.org",
        "smtp://h.org:",
        "smtp://h.org:0",
        "smtp://h.org:65536",
        "smtp://h.org:smtp",
        "smtp://[::1",
        "smtp://[fe80::1%25eth0]",
        "smtp://-h.org",
        "smtp://h_1.org",
        "smtp://h..org",
        f"smtp://{'h' * 64}.org",
        f"smtp://{'h.' * 130}org",
        "smtp://h.org/inbox",
        "smtp://h.org#x",
        "smtp://h.org?tls=no",
        "smtp://h.org?starttls",
        "smtp://h.org?starttls=",
        "smtp://h.org?starttls=maybe",
        "smtp://h.org?starttls=no&starttls=yes",
        "smtps://h.org?starttls=yes",
        "smtp://h.org\n",
        "smtp://h\n.org",
        "smtp://h.org\r\nQUIT",
        "smtp://h.org smtp://i.org",
        "smtps://@h.org",
        "smtps://me@h.org",
        "smtps://me:@h.org",
        "smtps://:pw@h.org",
        "smtps://me:p%0Aw@h.org",
        "smtps://me:p%00w@h.org",
        "smtps://me:ñandú@h.org",
        "smtp://me:pw@h.org?starttls=no",
    ],
)
def test_a_mail_server_that_cannot_be_meant_is_refused(url: str) -> None:
    assert "AFTERCARE_MAIL_URL" in refusal("AFTERCARE_MAIL_URL", url)


# Each is refused for another reason; `hunter2` is the password, or a part of it.
@pytest.mark.parametrize(
    "url",
    [
        "http://me:hunter2@h.org",
        "smtp://me:hunter2/x@h.org",
        "smtp://me:hunter2?x@h.org",
        "smtp://me:hunter2#x@h.org",
        "smtp://me:hunter2@h.org:port",
        "smtp://me:hunter2ñ@h.org",
        "smtp://me:hunter2@h.org?starttls=no",
        "smtp://h.org?hunter2",
    ],
)
def test_a_refusal_does_not_show_the_password(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({**USUAL, "AFTERCARE_MAIL_URL": url})
    told = [caught.value, caught.value.__cause__]
    # An error that led to this one is not shown, and so may quote what it likes.
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert "hunter2" not in str(told)


def test_settings_show_no_password_of_the_mail_server() -> None:
    url = {"AFTERCARE_MAIL_URL": "smtps://somebody:hunter2@h.org"}
    settings = load_settings({**USUAL, **url})
    shown = repr(settings) + repr(settings.mail_server)
    assert "hunter2" not in shown
    assert "somebody" not in shown


def test_who_letters_come_from_must_be_said() -> None:
    assert "AFTERCARE_MAIL_FROM must" in refusal("AFTERCARE_MAIL_FROM", "")


@pytest.mark.parametrize(
    "address",
    ["a@b.org", "A.b+c_d-e@F.org", "o'neil@b.org", "a@localhost", "a@b-c.org"],
)
def test_who_letters_come_from_is_taken(address: str) -> None:
    settings = load_settings({**USUAL, "AFTERCARE_MAIL_FROM": address})
    assert settings.mail_from == address


@pytest.mark.parametrize(
    "address",
    [
        "a",
        "@b.org",
        "a@",
        "a@b.org@c.org",
        "a b@c.org",
        "Care <a@b.org>",
        "<a@b.org>",
        '"a"@b.org',
        "a@b.org, c@d.org",
        "a@b.org\nBcc: c@d.org",
        "a@b.org\n",
        ".a@b.org",
        "a.@b.org",
        "a..b@c.org",
        "ñ@b.org",
        "a@ñ.org",
        "a@-b.org",
        "a@b..org",
        "a@b.org.",
        f"{'a' * 65}@b.org",
        f"a@{'b' * 250}.org",
    ],
)
def test_who_cannot_send_letters_is_refused(address: str) -> None:
    assert "AFTERCARE_MAIL_FROM" in refusal("AFTERCARE_MAIL_FROM", address)


SITES = [
    ("https://care.org", "https://care.org"),
    ("https://care.org/", "https://care.org"),
    ("HTTPS://Care.ORG:8443", "https://care.org:8443"),
    ("http://localhost:8123", "http://localhost:8123"),
    ("http://127.0.0.1", "http://127.0.0.1"),
    ("http://[::1]:80/", "http://[::1]:80"),
]


@pytest.mark.parametrize(("url", "used"), SITES)
def test_where_links_lead_is_taken(url: str, used: str) -> None:
    assert load_settings({**USUAL, "AFTERCARE_SITE_URL": url}).site_url == used


@pytest.mark.parametrize(
    "url",
    [
        "care.org",
        "//care.org",
        "ftp://care.org",
        "javascript:alert(1)",
        "https://",
        "https://care.org/nc",
        "https://care.org?",
        "https://care.org?x=1",
        "https://care.org#",
        "https://me@care.org",
        "https://me:pw@care.org",
        "https://care.org:https",
        "https://care.org:0",
        "https://care.org\nhttps://bad.org",
        "https://ca re.org",
        "http://care.org",
        "http://localhost.care.org",
        "http://192.168.0.1:8000",
    ],
)
def test_where_links_cannot_lead_is_refused(url: str) -> None:
    assert "AFTERCARE_SITE_URL" in refusal("AFTERCARE_SITE_URL", url)


BEGINNINGS = [
    ("AFTERCARE_MAIL_URL", "smtp://"),
    ("AFTERCARE_MAIL_URL", "smtps://me:pw@"),
    ("AFTERCARE_MAIL_FROM", ""),
    ("AFTERCARE_SITE_URL", "https://"),
]


@given(st.sampled_from(BEGINNINGS), st.text(alphabet=":/@[]%?#.=-\n é0a", max_size=30))
def test_whatever_is_said_is_taken_or_refused_with_a_sentence(
    beginning: tuple[str, str], text: str
) -> None:
    name, start = beginning
    assert name in sentence(name, start + text)


def sentence(name: str, value: str) -> str:
    """Return what is said of a value, or the setting's name if nothing is."""
    try:
        load_settings({**USUAL, name: value})
    except SettingsError as error:
        return str(error)
    return name
