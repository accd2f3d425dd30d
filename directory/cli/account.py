"""`aftercare account`."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from directory.cli.outbox import refuse_dead_links, send_waiting
from directory.cli.setup import make_tables, the_settings
from directory.settings import SITE_URL, USUAL_SITE

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine
    from sqlmodel import Session

    from directory.accounts import Person
    from directory.settings import Settings

_ROLES = ("advocate", "hotline", "coordinator", "administrator", "provider")


@click.group()
def account() -> None:
    """Invite people, and open and close their accounts."""


@account.command()
@click.argument("email")
@click.option("--name", required=True, help="What the person is called.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(_ROLES),
    help="What the person may do; may be given more than once.",
)
@click.option(
    "--organization",
    "organizations",
    multiple=True,
    metavar="ID",
    help="For a provider: whose listings they keep.",
)
@click.option("--mail", is_flag=True, help="Write to the person as well.")
@click.option(
    "--language",
    type=click.Choice(["en", "es"]),
    default="en",
    show_default=True,
    help="The language of the letter.",
)
def invite(
    email: str,
    name: str,
    roles: tuple[str, ...],
    organizations: tuple[str, ...],
    **letter: str | bool,
) -> None:
    """Make an account for EMAIL and print the link that opens it, once."""
    from directory.accounts import Role
    from directory.accounts.joining import Invitee
    from directory.accounts.joining import invite as begin
    from directory.database import writing

    settings, engine = _open()
    if letter["mail"]:
        refuse_dead_links(settings)
    # Made before the transaction: it opens the database as well.
    app = _app(settings) if letter["mail"] else None
    invitee = Invitee(
        email=email,
        name=name,
        roles=frozenset(map(Role, roles)),
        organizations=frozenset(organizations),
    )
    with writing(engine) as session:
        person, key = begin(session, invitee, now=_now())
        _note_invited(session, person, roles, organizations)
        if app is not None:
            _write_to(app, session, person, key, str(letter["language"]))
    _say_link(settings, key)
    if app is not None:
        _send(engine, settings)


@account.command("list")
def list_() -> None:
    """List everybody: address, name, state, roles."""
    from directory.accounts.keeping import everybody

    _settings, engine = _open()
    for person in everybody(engine):
        state = "open" if person.active else "closed"
        if person.joined_at is None:
            state = "invited"
        roles = ",".join(sorted(person.roles))
        click.echo("\t".join((person.email, person.name, state, roles)))


@account.command()
@click.argument("email")
def disable(email: str) -> None:
    """Let EMAIL in no more, from the next request on."""
    from directory.accounts import keeping

    _change(email, "disabled", keeping.disable)
    click.echo("Closed, and signed out everywhere.")


@account.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let EMAIL in again."""
    from directory.accounts import keeping

    def change(session: "Session", person: "Person") -> None:
        keeping.enable(person)
        _note_gain(session, person, person.roles)

    _change(email, "enabled", change)
    click.echo("Open.")


@account.command("sign-out")
@click.argument("email")
def sign_out(email: str) -> None:
    """Sign EMAIL out everywhere."""
    from directory.accounts import keeping

    _change(email, "signed_out", keeping.sign_out)
    click.echo("Signed out everywhere.")


@account.command("reset-totp")
@click.argument("email")
def reset_totp(email: str) -> None:
    """Let EMAIL set up another app for codes at the next sign-in."""
    from directory.accounts import keeping

    _change(email, "totp_reset", keeping.reset_totp)
    click.echo("The next sign-in sets up a new app for codes.")


def _open() -> "tuple[Settings, Engine]":
    settings = the_settings()
    return settings, make_tables(settings)


def _change(email: str, did: str, change: "Callable[[Session, Person], None]") -> None:
    from directory.accounts.people import by_email
    from directory.database import writing
    from directory.errors import AftercareError

    _settings, engine = _open()
    with writing(engine) as session:
        person = by_email(session, email)
        if person is None:
            msg = f"Nobody has an account with {email}."
            raise AftercareError(msg)
        change(session, person)
        _note(session, person, did)


def _note(session: "Session", person: "Person", did: str, what: str = "") -> None:
    from directory.curation.actor import PROGRAM
    from directory.curation.history.accounts import note_account

    note_account(session, person.id, did, what, by=PROGRAM, now=_now())


def _say_link(settings: "Settings", key: str) -> None:
    click.echo(f"{settings.site_url}/account/join/{key}")
    click.echo("The link works once, for 72 hours.", err=True)
    if settings.site_url == USUAL_SITE:
        said = f"If the site is not at {USUAL_SITE}, set {SITE_URL} and invite again."
        click.echo(said, err=True)


def _note_invited(
    session: "Session",
    person: "Person",
    roles: "Iterable[str]",
    organizations: "Iterable[str]",
) -> None:
    _note(session, person, "invited")
    for role in sorted(roles):
        _note(session, person, "role_given", role)
    for organization_id in sorted(organizations):
        _note(session, person, "membership_given", organization_id)
    _note_gain(session, person, roles)


def _note_gain(session: "Session", person: "Person", roles: "Iterable[str]") -> None:
    from directory.curation.actor import PROGRAM
    from directory.curation.history.accounts import note_gain

    note_gain(session, person.id, roles, by=PROGRAM, now=_now())


def _app(settings: "Settings") -> "Flask":
    from directory.web.app import create_app

    return create_app(settings)


def _write_to(
    app: "Flask", session: "Session", person: "Person", key: str, language: str
) -> None:
    from directory.web.accounts.letters import invited, write
    from directory.web.language import Language
    from directory.web.site import site_of

    chosen: Language = "es" if language == "es" else "en"
    words = invited(app, key, chosen)
    write(session, person, words, site=site_of(app), language=chosen)


def _send(engine: "Engine", settings: "Settings") -> None:
    send_waiting(engine, settings, _now(), aside=True)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
