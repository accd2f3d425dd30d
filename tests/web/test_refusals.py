"""Why something cannot be done is said in the language of the page."""

from directory.accounts import Role
from directory.database import writing
from directory.hsds import Service
from directory.sentence import Sentence
from directory.web.texts import translated
from tests.builders import changes
from tests.web.desk import Desk, browser, hidden_fields, words

PLACE = "/es/staff/services/s/place"
EDIT = "/es/staff/services/s/edit"


def test_a_sentence_is_said_in_the_language_of_the_page(desk: Desk) -> None:
    sentence = Sentence(
        "tells %(what)s", what=Sentence("the town %(town)s", town="50%")
    )
    for path, said in (
        ("/", "tells the town 50%"),
        ("/es/", "revela la ciudad de 50%"),
    ):
        with desk.app.test_request_context(path):
            assert translated(sentence) == said
            assert translated("A name of its own") == "A name of its own"


def test_why_nobody_is_invited(desk: Desk) -> None:
    boss = browser(desk.app, Role.ADMINISTRATOR)
    for email, said in (
        (desk.ann.person.email, f"{desk.ann.person.email} ya tiene una cuenta."),
        ("100%", "“100%” no es una dirección de correo electrónico. "),
    ):
        form = {"name": "Zoë", "email": email, "role": "hotline"}
        answer = boss.post("/es/staff/accounts", **form)
        assert answer.status_code == 422
        assert said in words(answer.text)
        assert "@-sign" not in answer.text


def test_why_a_change_cannot_be_taken_back(desk: Desk) -> None:
    changes.ask_for(desk.engine, "phone", "p", {"number": "+19198341234"})
    answer = desk.ann.post("/es/staff/history/1/revert", why="Es falso.")
    assert answer.status_code == 409
    assert "Esto no cambió ninguna ficha" in words(answer.text)


def test_what_the_checks_find(desk: Desk) -> None:
    form = hidden_fields(desk.ann.get(EDIT).text)
    answer = desk.ann.post(EDIT, **form, hours_note="TBD (to check)")
    assert answer.status_code == 422
    assert "contiene una nota de trabajo: TBD" in words(answer.text)


def test_what_no_field_can_hold(desk: Desk) -> None:
    form = hidden_fields(desk.ann.get(PLACE).text)
    street = {"visibility": "public", "city": "Ra\u202eleigh"}
    answer = desk.ann.post(PLACE, **{**form, **street})
    assert answer.status_code == 422
    assert "Ciudad: contiene el carácter U+202E, que no se" in words(answer.text)


def test_a_text_that_still_tells_where_a_hidden_place_is(desk: Desk) -> None:
    with writing(desk.engine) as session:
        told = "Come to 4711 Canary Street."
        session.get_one(Service, "s").description = told
    form = hidden_fields(desk.ann.get(PLACE).text)
    sure = {"why": "Lo pidieron.", "sure": "yes"}
    answer = desk.ann.post(PLACE, **{**form, "visibility": "county", **sure})
    assert "Descripción: revela una calle" in desk.ann.reads(answer.location)
