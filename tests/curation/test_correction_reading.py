"""Times, numbers and addresses as people write them."""

import pytest

from directory.curation.correction import clock, number
from directory.curation.correction.clock import Span, read_span
from directory.curation.correction.fault import Fault
from directory.curation.correction.link import read_link, read_mail
from directory.curation.correction.number import read_number


@pytest.mark.parametrize(
    ("opens", "closes", "span"),
    [
        ("9", "5", "09:00-17:00"),
        ("9am", "5 pm", "09:00-17:00"),
        ("9:00", "17:30", "09:00-17:30"),
        ("9:00 AM", "5:30 P.M.", "09:00-17:30"),
        ("8.30", "4.30", "08:30-16:30"),
        ("08:00", "12:00", "08:00-12:00"),
        ("9 a. m.", "mediodía", "09:00-12:00"),
        ("noon", "8", "12:00-20:00"),
        ("12 pm", "1:15pm", "12:00-13:15"),
        ("7", "3", "07:00-15:00"),
        ("1 pm", "5", "13:00-17:00"),
        ("midnight", "6 am", "00:00-06:00"),
        ("10 pm", "6", "22:00-06:00"),
        ("22:00", "06:00", "22:00-06:00"),
        ("8 pm", "midnight", "20:00-24:00"),
        ("6 pm", "12", "18:00-24:00"),
        ("9", "9", "09:00-21:00"),
        ("9 am", "9:00", "09:00-21:00"),
    ],
)
def test_hours_are_read_as_people_write_them(
    opens: str, closes: str, span: str
) -> None:
    begin, _, end = span.partition("-")
    assert read_span(opens, closes) == Span(opens=begin, closes=end)


@pytest.mark.parametrize(
    ("opens", "closes", "fault"),
    [
        ("soon", "5 pm", Fault.TIME),
        ("9", "25", Fault.TIME),
        ("9:75", "5", Fault.TIME),
        ("13 pm", "5 pm", Fault.TIME),
        ("0 am", "5 pm", Fault.TIME),
        ("9 - 5", "5 pm", Fault.TIME),
        ("1", "5", Fault.MORNING_OR_EVENING),
        ("6:00", "2:00", Fault.MORNING_OR_EVENING),
        ("00:00", "24:00", Fault.NO_TIME),
        ("9 am", "9 am", Fault.NO_TIME),
    ],
)
def test_what_is_no_time_is_said_to_be_none(
    opens: str, closes: str, fault: Fault
) -> None:
    assert read_span(opens, closes) is fault


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
@pytest.mark.parametrize("hour", range(24))
def test_a_time_is_read_as_it_is_shown(hour: int, minute: int) -> None:
    time = f"{hour:02}:{minute:02}"
    read = clock.read_clock(clock.written(time))
    assert read is not None
    assert (read.minutes, read.plain) == (hour * 60 + minute, False)


@pytest.mark.parametrize(
    ("typed", "kind", "read"),
    [
        ("919.828.7740", "voice", ("+19198287740", "")),
        ("(919) 828-7740", "voice", ("+19198287740", "")),
        ("9198287740", "voice", ("+19198287740", "")),
        ("+1 919 828 7740", "voice", ("+19198287740", "")),
        ("1-919-828-7740", "voice", ("+19198287740", "")),
        ("919-828-7740 ext. 12", "voice", ("+19198287740", "12")),
        ("919-828-7740 x12", "voice", ("+19198287740", "12")),
        ("1-800-TRY-NOVA", "voice", ("+18008796682", "")),
        ("988", "crisis", ("988", "")),
        ("2-1-1", "voice", ("211", "")),
        ("233733", "text", ("233733", "")),
    ],
)
def test_numbers_are_read_as_people_write_them(
    typed: str, kind: str, read: tuple[str, str]
) -> None:
    assert read_number(typed, kind) == read


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("828-7740", "voice"),
        ("919-555-0123", "voice"),
        ("919-828-77401", "voice"),
        ("000-828-7740", "voice"),
        ("+44 20 7946 0018", "voice"),
        ("233733", "voice"),
        ("call us", "voice"),
        ("12", "text"),
    ],
)
def test_a_number_that_nobody_can_dial_is_none(typed: str, kind: str) -> None:
    assert read_number(typed, kind) is None


@pytest.mark.parametrize("kept", ["+19198287740", "+18883737888", "211", "233733"])
def test_a_number_is_read_as_it_is_shown(kept: str) -> None:
    assert read_number(number.written(kept), "text") == (kept, "")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("www.example.org", "https://www.example.org"),
        ("example.org/help", "https://example.org/help"),
        (" HTTPS://example.org ", "https://example.org"),
        ("http://example.org", "http://example.org"),
        ("example.org:8443/x", "https://example.org:8443/x"),
        ("javascript:alert(1)", None),
        ("https://me:secret@example.org", None),
        ("example", None),
        ("two words.org", None),
        ("ftp://example.org", None),
    ],
)
def test_web_addresses_are_read_as_people_write_them(
    typed: str, read: str | None
) -> None:
    assert read_link(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("help@example.org", "help@example.org"),
        ("mailto:help@example.org", "help@example.org"),
        ("help at example.org", None),
        ("a@example.org, b@example.org", None),
        ("help@example.org?bcc=x@y.org", None),
    ],
)
def test_mail_addresses_are_read_as_people_write_them(
    typed: str, read: str | None
) -> None:
    assert read_mail(typed) == read
