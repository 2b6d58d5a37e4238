"""The Flask application of a desk: its pages, its errors, and what every template may use."""

from __future__ import annotations

from hashlib import blake2b
from importlib.resources import files
from typing import Any

from flask import Flask, g, render_template
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from ..errors import FeedbotError
from ..web.urls import redact
from . import articles, changes, guard, newcomer, sources, topics, wording
from .state import KEY, Desk

PAGES = (sources.pages, articles.pages, topics.pages, newcomer.pages, changes.pages)


def create_site(desk: Desk, listen: str) -> Flask:
    """The application that serves a desk at this address."""
    app = Flask("feedbot.desk", static_url_path="/static")
    app.url_map.merge_slashes = False  # else //host would lead there
    app.extensions[KEY] = desk
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= wording.FILTERS
    app.jinja_env.globals["version"] = _version()
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000  # their address changes with them
    _count_pages(app, desk)
    guard.install(app, guard.Guard(desk.config.desk, listen))
    for pages in PAGES:
        app.register_blueprint(pages)
    settings = desk.config.desk  # as long as this process lives
    app.context_processor(lambda: _common(desk) | {"settings": settings})
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(FeedbotError, _failed)
    _warm_up(app)
    return app


def _count_pages(app: Flask, desk: Desk) -> None:
    """Has work in the background give way to pages that are being answered."""

    @app.before_request
    def begin() -> None:
        g.is_counted = True
        desk.stories.pages.begin()

    @app.teardown_request
    def end(_: BaseException | None) -> None:
        if g.pop("is_counted", False):  # a context without a request began nothing
            desk.stories.pages.end()


def _warm_up(app: Flask) -> None:
    """Compiles the templates and the queries of the overview, for which a first page would wait."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    with app.test_request_context():
        sources.overview()


def _common(desk: Desk) -> dict[str, Any]:
    """What every page says of the desk itself."""
    config = desk.config
    return {
        "config": config,
        "now": desk.now,
        "mistakes": desk.mistakes,
        "can_undo": changes.can_undo(config),
    }


def _refused(error: HTTPException) -> tuple[str, int]:
    return _page(error.name, error.description or ""), error.code or 500


def _failed(error: FeedbotError) -> tuple[str, int]:
    return _page("That did not work", redact(str(error))), 500


def _page(title: str, text: str) -> str:
    return render_template("error.html", title=title, text=text)


def _version() -> str:
    """Changes with the files of the desk, so that browsers may keep them."""
    digest = blake2b(digest_size=6)
    for one in sorted(files("feedbot.desk").joinpath("static").iterdir(), key=lambda one: one.name):
        digest.update(one.read_bytes())
    return digest.hexdigest()
