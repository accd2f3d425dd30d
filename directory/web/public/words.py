"""Pages that only hold words, and the way out."""

from flask import Response, current_app, redirect, render_template
from werkzeug.wrappers import Response as BaseResponse

from directory.web.public.blueprint import blueprint, page
from directory.web.site import the_site

ELSEWHERE = "https://www.weather.gov/"
"""Where one lands who leaves: a page that everybody might have open."""

_ROBOTS = """User-agent: *
Allow: /$
Allow: /es/$
Disallow: /
"""


@page("/leave")
def leave() -> BaseResponse:
    """Go somewhere harmless at once, and have the browser forget what it can."""
    response = redirect(ELSEWHERE, 303)
    # Not "storage": the tab must remember that it was left, or going back shows a page.
    response.headers["Clear-Site-Data"] = '"cookies"'
    return response


@page("/safety")
def safety() -> str:
    """Say how to use the site without being found out."""
    return render_template("public/safety.html")


@page("/about")
def about() -> str:
    """Say what the site is and where its data comes from."""
    snapshot = the_site().snapshot()
    confirmed = sum(x.verified_on is not None for x in snapshot.listings.values())
    return render_template(
        "public/about.html",
        services=len(snapshot.listings),
        bodies=len(snapshot.organizations),
        confirmed=confirmed,
    )


@page("/privacy")
def privacy() -> str:
    """Say what is kept and what is not."""
    return render_template("public/privacy.html")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let search engines read the first page and no other."""
    return Response(_ROBOTS, mimetype="text/plain")


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Return a sign that says nothing."""
    return current_app.send_static_file("favicon.svg")
