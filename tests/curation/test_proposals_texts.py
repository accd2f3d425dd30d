"""Texts of one person: which lead people elsewhere or keep them away, which do not."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.curation.proposals import Risk, risk_of
from directory.curation.proposals.closing import seems_closed
from directory.curation.proposals.leading import leads_to
from directory.curation.records.patch import RecordChange

# Digits, letters and signs of other scripts are told by their names, to be seen.
LEADING = (
    # A number, however it is parted.
    "Call 919-555-0142 24/7",
    "Look at hopehouse dot xyz",
    "IG: hopehouse",
    "Write to hopehouse at gmail",
    "919-555-0143 24 hours a day",
    "001 919 555 0144",
    "+52 55 1234 5678",
    "919,555,0145",
    "919-555-O146",
    "9I9-SSS-OI46",
    "call (919) 555 (dash) 0148",
    "text SAFE to 555888",
    "Text HOME to 741741",
    "since 2019 919-555-0100",
    "Our number is 919-834-1234 now",
    "Call (919) 834 1234.",
    "call 834-1234",
    "+1 919.834.1234",
    "9 1 9 8 3 4 1 2 3 4",
    "9-1, 9-5, 5-5, 0-1, 4-2",
    "91-95, 55-01, 42",
    "919/555/0142",
    "919 * 555 * 0142",
    "919\n555\n0142",
    "Dial 919. Then 555. Then 0142.",
    "first 919, after that 555, last 0142",
    "Suite 919 555 0142",
    "Ages 919-555-0142",
    "$919 $555 $0142",
    "$919, $555, $1142",
    "9:10 5:55 01:45",
    "18:00 5:55 01:45",
    "In 2025 (919) 5550142",
    "919 (2019) 555-0142",
    "Open 9-5 Monday, call 5550142",
    # A number in other digits, or with what nobody sees between.
    "9\u00ad1\u00ad9\u00ad5\u00ad5\u00ad5\u00ad0\u00ad1\u00ad4\u00ad2",
    "9\u200b1\u200b9 5\u200b5\u200b5 0\u200b1\u200b4\u200b2",
    "919\ufeff555\ufeff0142",
    "Call us\u2060 today",
    "\uff19\uff11\uff19-834-1234",
    "\u0669\u0661\u0669 \u0665\u0665\u0665 \u0660\u0661\u0664\u0662",
    "\u0967\u0968\u0969",
    "\u2468\u2460\u2468 \u2464\u2464\u2464",
    "\u4e5d\u4e00\u4e5d",
    "9\ufe0f\u20e31\ufe0f\u20e39\ufe0f\u20e3",
    "\U0001d7ea\U0001d7eb\U0001d7ec",
    # A number in words or letters.
    "1-800-HELPNOW",
    "1 800 help now",
    "1-888-new-home",
    "919-HELP-NOW",
    "nine one nine eight three four one two three four",
    "nine nineteen, five fifty-five, oh one forty-two",
    "nine dash one dash nine dash five dash five",
    "nine 1 nine 5 five 5 0142",
    "NineOneNineFiveFiveFiveZero",
    "eight hundred five five five oh one four two",
    "nueve uno nueve ocho tres cuatro uno",
    "nueve diecinueve, cinco cincuenta y cinco, cero uno",
    "Llame al nueve, uno, nueve, cinco, cinco",
    "Marque el 919 y luego 555",
    # A web address, however it is written.
    "See evil.example/alert",
    "www.new-home.org",
    "new-home . org",
    "new-home(.)org",
    "new-home [dot] org",
    "see http://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/help",
    "\u0434\u043e\u043c.com",
    "\u0430\u0440\u0440l\u0435.com",
    "harbor\u3002com",
    "harbor\uff0ecom",
    "w w w harbor help",
    "example dot com",
    "www dot example dot com",
    "ejemplo punto com",
    "ejemplo punto org punto mx",
    "e\u0331xample.c\u0331om",
    "https:harbor",
    "bitly harborhelp",
    # A mailbox, or a name elsewhere.
    "write to ann@new.org",
    "ann @ new",
    "ann (at) new",
    "ana arroba nuevo",
    "Follow @harborhelp",
    "instagram: harborhelp",
    "We are on WhatsApp",
    "Escriba por whatsapp",
    "Telegram harborhelp",
    "Signal: harbor.99",
    "Message us on Signal",
    "Find us on Facebook",
    "Snapchat harborhelp",
    "usuario harborhelp",
    # A house where somebody waits.
    "Come to 4711 Canary Lane",
    "Now at 12 N. Elm St",
    "Calle Robles 45",
)
CLOSING = (
    "Closed for good",
    "Nobody home",
    "This program ended in May.",
    "This service does not operate these days.",
    "Please look for help somewhere else.",
    "El programa terminó en mayo.",
    "Se acabó la ayuda.",
    "Busque otro programa.",
    "We are closed.",
    "Closed until further notice",
    "CLOSED",
    "This program is permanently closed",
    "Temporarily closed",
    "Closed since March",
    "Closed on all days",
    "Nobody answers",
    "No one is here",
    "We do not answer",
    "The phone doesn\u2019t answer any more",
    "Moved to Durham",
    "We have moved",
    "We\u2019ve relocated",
    "This number is no longer in service",
    "The line was disconnected",
    "Out of business",
    "Call the county instead",
    "Please call instead the center in Durham",
    "Call Ann at Harbor House",
    "Call our new office",
    "Do not call this number",
    "Wrong number",
    "We have a new number",
    "New address",
    "Merged with Harbor House",
    "The program has ended",
    "We stopped taking calls",
    "This listing is fake",
    "The shelter shut its doors",
    "Cerrado definitivamente",
    "Cerrado",
    "Estamos cerrados hasta nuevo aviso",
    "Cerrado para siempre",
    "Cerrado desde marzo",
    "Temporalmente cerrado",
    "Ya no atendemos",
    "Ya cerr\u00f3",
    "El programa ya no existe",
    "Nadie contesta",
    "No hay nadie",
    "No contestan el tel\u00e9fono",
    "Nos mudamos a Durham",
    "Se traslad\u00f3 a otra ciudad",
    "Nos hemos mudado",
    "Tenemos un nuevo n\u00famero",
    "Nueva direcci\u00f3n",
    "Llame mejor al condado",
    "Llame a Ana al Harbor House",
    "En su lugar, llame al condado",
    "Mejor llame a la oficina de Durham",
    "No llame a este n\u00famero",
    "No venga",
    "N\u00famero equivocado",
    "Fuera de servicio",
    "Dejamos de funcionar",
    "La l\u00ednea fue suspendida",
    "Programa cancelado",
    "Esto es una estafa",
)
ORDINARY = (
    "Closed on December 25",
    "Closed on Monday.",
    "Closed December 24 and 25",
    "Closed on weekends and holidays",
    "Closed 12/24-12/26",
    "Closed from 12 to 1 for lunch",
    "Sunday: closed",
    "Saturday and Sunday closed",
    "Walk-ins 9 to 5, Monday to Friday",
    "9:00-17:00, Mon-Fri 8:30-16:30",
    "Monday 8:30-12:00, 13:00-16:30",
    "Monday to Friday 8 am to 5 pm, Saturday 10 a.m. to 2 p.m.",
    "Intake is daily from 6:00 to 7:30 pm. Call first.",
    "Open 8 to 5 on weekdays; groups at 6 pm",
    "24/7, 365 days",
    "24-hour hotline",
    "Since 2025-2026",
    "Open since 1998; in this house since 2021.",
    "$25 a visit, sliding scale",
    "Free, or $20 to $40",
    "Up to $3,000 for family counseling",
    "Reduced fee up to 200% of the poverty line",
    "Ages 18-24",
    "Ages 18-24. $25 a visit",
    "Adults 18 and over",
    "Children under 5 need a carer",
    "Stays of 30 to 90 days, or up to 6 months",
    "Bring ID and proof of address",
    "Bring two papers, or one with a photo",
    "Suite 200",
    "Suite 200, floor 3",
    "Room 12, floor 3, at 9 a.m. and 5 p.m.",
    "One of five beds",
    "36 beds in 9 rooms (2022)",
    "Twenty-four beds, ten for children",
    "For Spanish press 2",
    "In an emergency call 911",
    "Ring the bell",
    "Ask for Ann at the front desk",
    "Call before you come",
    "Call at any time",
    "Call first: intake is at 9",
    "More than 200 languages by phone interpreter",
    "Nobody is asked about papers.",
    "Nobody has to give a name.",
    "Use the side door; there is no sign.",
    "By appointment only. Last intake at 4:30 pm",
    "Checked on 2025-11-26",
    "G.S. 7B-301",
    "Form I-914",
    "Caf\u00e9 \u201cNi\u00f1os\u201d \u2013 open to all",
    "Cerrado el 25 de diciembre",
    "Cerrado los domingos",
    "Cerrado los d\u00edas feriados",
    "Domingo: cerrado",
    "Sin cita de 9 a 5, de lunes a viernes",
    "De lunes a viernes de 8:00 a 17:00",
    "Abierto de 9 a.m. a 5 p.m., los s\u00e1bados hasta las 2 p.m.",
    "Las 24 horas, los 7 d\u00edas de la semana",
    "$25 por visita, seg\u00fan sus ingresos",
    "Edades de 18 a 24 a\u00f1os",
    "Mayores de 18 a\u00f1os",
    "Traiga identificaci\u00f3n y comprobante de domicilio",
    "Oficina 200",
    "Llame antes de venir",
    "Llame primero",
    "Toque el timbre al llegar",
    "Estancia de 30 a 90 d\u00edas",
    "Desde 2019; la casa tiene 12 camas.",
    "Para espa\u00f1ol, oprima el 2",
    "Nadie le pide papeles",
    "Con cita. Hablamos espa\u00f1ol, ingl\u00e9s y mixteco.",
    "Pregunte por Ana en la recepci\u00f3n",
)


def weight(text: str, before: str = "", *, field: str = "hours_note") -> Risk:
    """Return what it takes to publish a text."""
    return weight_of({field: text}, {field: before})


def weight_of(after: Mapping[str, str], before: Mapping[str, str]) -> Risk:
    change = RecordChange(table="service", id="s", before=before, after=after)
    return risk_of((change,))


def test_each_side_is_well_filled() -> None:
    assert min(map(len, (LEADING, CLOSING, ORDINARY))) >= 60


@pytest.mark.parametrize("text", LEADING)
def test_what_leads_elsewhere_weighs_as_much_as_a_number(text: str) -> None:
    assert weight(text) is Risk.HIGH
    assert leads_to(text)
    assert weight(f"Ring the bell. {text}. Thank you!", "Ring the bell.") is Risk.HIGH


@pytest.mark.parametrize("text", CLOSING)
def test_what_keeps_people_away_weighs_as_much_as_a_closure(text: str) -> None:
    assert weight(text) is Risk.HIGH
    assert weight(f"Ring the bell. {text}. Thank you!", "Ring the bell.") is Risk.HIGH


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_note_is_public_at_once(text: str) -> None:
    assert (leads_to(text), seems_closed(text)) == (frozenset(), frozenset())
    assert weight(text) is Risk.LOW


@pytest.mark.parametrize("text", [*LEADING, *CLOSING])
def test_what_stood_there_before_weighs_nothing(text: str) -> None:
    assert weight(text, text) is Risk.LOW
    assert weight(f"{text} Ring the bell.", text) is Risk.LOW
    assert weight("", text) is Risk.LOW


def test_a_number_that_stands_there_can_be_written_another_way() -> None:
    before = "Our line: 919-828-7740"
    assert weight("Call 919.828.7740. Ask for Ann.", before) is Risk.LOW
    assert weight("Call 1 (919) 828 7740 for a bed.", before) is Risk.LOW
    assert weight("Call 919-828-7741", before) is Risk.HIGH


def test_a_number_in_two_fields_of_one_form_is_found() -> None:
    first, second = {"hours_note": "Our line: 919"}, {"area_note": "and 555"}
    none = {"hours_note": "", "area_note": ""}
    assert weight_of({**first, **second}, none) is Risk.HIGH


def test_a_number_that_comes_a_few_digits_at_a_time_is_found() -> None:
    steps = ("9195", "9195 or 550", "9195 or 550 or 142")
    before, worst = "", Risk.LOW
    for step in steps:
        worst = max(worst, weight(step, before), key=list(Risk).index)
        before = step
    assert worst is Risk.HIGH


def test_whatever_is_read_before_a_call_is_looked_at_first() -> None:
    assert weight("New door", field="alert") is Risk.REVIEW
    assert weight("New door", "Old door", field="alert") is Risk.REVIEW
    assert weight("919-555-0142", field="alert") is Risk.HIGH
    # To take it away says nothing, and may have to be quick.
    assert weight("", "Now at the mill", field="alert") is Risk.LOW


SPELLED = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
)
DELETREADO = (
    *("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho"),
    "nueve",
)
SCRIPTS = ("\u0660", "\u06f0", "\u0966", "\u09e6", "\u0e50", "\uff10", "\U0001d7d8")
PARTS = (
    *("", " ", "-", ".", ",", "/", " - ", ", ", ". ", "\n", " (dash) ", " then "),
    *("\u00ad", "\u200b", "\ufeff", "\u2060", "\u200d", "\u00a0", "\u2009", "\u2011"),
    *(" * ", "_", "|", "~", " and ", " y ", "; ", ") ", " \u2013 "),
)
DIGIT = st.integers(0, 9)
USUAL = "0123456789"
WRITTEN: st.SearchStrategy[Sequence[str]] = st.sampled_from(
    [
        *([chr(ord(zero) + digit) for digit in range(10)] for zero in SCRIPTS),
        *(USUAL, USUAL, SPELLED, DELETREADO, [word.upper() for word in SPELLED]),
    ]
)
WORDS = st.sampled_from(["", "Call us", "Llame a", "We answer", "Ask for Ann", "(new)"])


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Return a number as somebody might write it who wants it not to be found."""
    area = draw(st.sampled_from(["919", "984", "252", "336", "704", "828", "910"]))
    rest = "".join(str(draw(DIGIT)) for _ in range(6))
    ways = [draw(WRITTEN), draw(WRITTEN)]
    part = draw(st.sampled_from(PARTS))
    mixed = st.sampled_from([part, draw(st.sampled_from(PARTS))])
    number = f"{area}{draw(st.integers(2, 9))}{rest}"
    words = [draw(st.sampled_from(ways))[int(digit)] for digit in number]
    spaced = [
        f"{word}{' ' if word.isascii() and word.isalpha() else ''}{draw(mixed)}"
        for word in words
    ]
    return "".join(spaced).strip()


@example("Call us", "919-555-0142", "24/7")
@example("", "nine one nine five five five zero one four two", "")
@given(WORDS, numbers(), WORDS)
def test_a_number_is_found_in_whatever_writing(
    before: str, number: str, after: str
) -> None:
    assert weight(f"{before} {number} {after}") is Risk.HIGH


@given(st.text(max_size=300))
def test_whatever_is_typed_can_be_weighed(text: str) -> None:
    assert weight(text) in Risk
    assert weight(text, text) is Risk.LOW


@pytest.mark.parametrize(
    "text",
    [
        *("(" * 2000, "a" * 2000, "9" * 2000, "9-" * 1000, "call " * 400, "a " * 1000),
        *(" " * 2000, "one " * 500, "9 one " * 300, "a." * 1000, "@" * 2000),
        *("call ((((" * 200, "a(((((" * 300, "closed from " * 160, "\u200b" * 2000),
        *("9 to " * 400, "1 elm elm elm " * 140, "w w w" * 400, "monday, " * 250),
    ],
    ids=lambda text: repr(text[:10]),
)
def test_a_long_text_is_weighed_quickly(text: str) -> None:
    """A pattern that tries everything twice would be a way to stop the site.

    Such a pattern takes minutes; the test fails by its time limit, and not on a busy
    machine.
    """
    assert weight(text) in Risk
