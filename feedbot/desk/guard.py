"""Who may ask the desk, and what: hosts, passwords, sessions and forms; headers of every answer.

    host      one of the names that the desk is reached by, else 421: no other site may be rebound
    session   signed in, if there is a password; a script may send it as a bearer token instead
    form      a POST carries the token of its session and comes from a page of the desk, else 403
    reading   a GET changes nothing; a desk that is read-only answers no POST but that of signing in

The files of the desk itself (static) are open to all: they say nothing.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, flash, g, redirect, render_template, request, session
from flask import url_for as url_for_page
from werkzeug.wrappers import Response

from ..config.passwords import verifies
from ..config.schema import is_loopback
from ..model import Desk as Settings

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
MOST_TRIES = 10  # wrong passwords a minute, from whomever
ASKS = {"rehearse", "mentioned"}  # POSTs that change nothing, for a desk that is read-only

# Nothing but what the desk itself sends: no inline script or style, no other site, no frame around.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
# A text of another site: in an origin of its own, without scripts, forms or plug-ins.
FOREIGN_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
    " style-src 'self'; img-src http: https: data:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

pages = Blueprint("guard", __name__)


@dataclass(slots=True)
class Guard:
    """The rules of one desk; `listen` is its address."""

    settings: Settings
    listen: str
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _verified: bytes = b""  # a keyed hash of the password, once it was given
    _wrong: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_TRIES))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def prefix(self) -> str:
        """The path below which a proxy serves the desk: "/desk"; "" if it has none."""
        return urlsplit(self.settings.url or "").path.rstrip("/")

    @property
    def is_https(self) -> bool:
        """Whether browsers reach it by TLS."""
        return (self.settings.url or "").startswith("https:")

    def answers(self, host: str) -> bool:
        """Whether a Host header names this desk."""
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        name = (name or host if port.isdecimal() else host).lower()
        own, _, _ = self.listen.rpartition(":")
        if self.settings.url and host.lower() == urlsplit(self.settings.url).netloc.lower():
            return True
        if is_loopback(self.listen):
            return name in LOOPBACK | {own}
        # On all addresses nobody knows which are its own; a password is needed there anyway.
        return own in ("0.0.0.0", "[::]") or name in LOOPBACK | {own}  # noqa: S104 - compared

    def admits(self, password: str) -> bool:
        """Whether this is the password. Raises TooManyRequests after too many wrong ones."""
        hashed = self.settings.password
        if hashed is None:
            return False
        mark = blake2b(password.encode(), key=self._key).digest()
        if self._verified and hmac.compare_digest(mark, self._verified):
            return True
        with self._lock:  # one at a time, so that guesses cannot use all processors
            now = time.monotonic()
            if len(self._wrong) == MOST_TRIES and now - self._wrong[0] < 60:
                abort(429, "Too many wrong passwords; wait a minute.")
            if verifies(password, hashed):
                self._verified = mark
                return True
            self._wrong.append(now)
        return False


def install(app: Flask, guard: Guard) -> None:
    """Puts the guard before every page of the application."""
    app.secret_key = secrets.token_bytes(32)
    app.config.update(
        SESSION_COOKIE_NAME="feedbot_desk",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=guard.is_https,
        MAX_CONTENT_LENGTH=256_000,  # of a form
        MAX_FORM_MEMORY_SIZE=256_000,
    )
    app.extensions["feedbot.guard"] = guard
    app.before_request(_check)
    app.after_request(_dress)
    app.register_blueprint(pages)
    app.jinja_env.globals["form_token"] = form_token


def _guard() -> Guard:
    from flask import current_app

    found = current_app.extensions["feedbot.guard"]
    assert isinstance(found, Guard)
    return found


def _check() -> Response | None:
    guard = _guard()
    if not guard.answers(request.host):
        abort(421, "This is not the address of the desk; see [desk] url.")
    if request.endpoint == "static":
        return None
    g.signed_in = _is_signed_in(guard)
    if not g.signed_in and request.endpoint != "guard.sign_in":
        if request.method == "GET" and not request.authorization:
            return redirect(url_for_page("guard.sign_in"))
        abort(401, "Sign in first.")
    if request.method not in ("GET", "HEAD"):
        _check_form(guard)
    return None


def _is_signed_in(guard: Guard) -> bool:
    if guard.settings.password is None:
        return True
    given = request.authorization
    if given and given.type == "bearer" and given.token:
        g.by_token = True
        return guard.admits(given.token)
    return bool(session.get("signed_in"))


def _check_form(guard: Guard) -> None:
    """Whether a POST comes from a page of this desk. A bearer token is sent by no browser."""
    function = (request.endpoint or "").rpartition(".")[2]
    if guard.settings.read_only and function not in ASKS | {"sign_in"}:
        abort(403, "This desk is read-only.")
    if g.get("by_token"):
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403, "This form was sent by another site.")
    given = request.form.get("token") or request.headers.get("X-Form-Token", "")
    if not hmac.compare_digest(given.encode(), form_token().encode()):
        abort(403, "This form is too old. Go back, reload the page and send it again.")


def form_token() -> str:
    """The token that every form of this session carries."""
    if "token" not in session:
        session["token"] = secrets.token_urlsafe(24)
    return str(session["token"])


def _dress(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":  # a frame of an origin of its own uses the style sheet
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | str:
    """Asks for the password."""
    if request.method == "POST":
        if _guard().admits(request.form.get("password", "")):
            session.clear()
            session["signed_in"] = True
            return redirect(url_for_page("sources.overview"))
        flash("This is not the password.", "wrong")
    return render_template("sign_in.html")


@pages.post("/sign-out")
def sign_out() -> Response:
    """Ends the session."""
    session.clear()
    return redirect(url_for_page("guard.sign_in"))
