"""Changes of feedbot.toml: applied, shown and undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ..config import Config
from ..errors import ConfigError, FeedbotError
from ..model import Topic
from ..operations import replay
from . import edits
from .state import Desk, desk
from .story_cache import MOST
from .wording import advised

PATIENCE = 20.0  # seconds that a change waits for the stories to be read

pages = Blueprint("changes", __name__)


def apply(edit: Callable[[edits.Document], None], what: str, seen: str = "") -> bool:
    """Changes the configuration and has it used; says what happened. Whether it was changed."""
    here = desk()
    try:
        with here.editing:
            before = here.config
            after = edits.change(before.path, edit, seen)
    except ConfigError as error:
        for mistake in error.mistakes:
            flash(advised(mistake.problem, mistake.help), "wrong")
        return False
    except (FeedbotError, OSError) as error:
        flash(str(error), "wrong")
        return False
    _tell(here, before, after, what)
    return True


def _tell(here: Desk, before: Config, after: Config, what: str) -> None:
    moved = refile(here, before, after)
    flash(" ".join(filter(None, (what, *moved, here.take_effect()))), "good")


def refile(here: Desk, before: Config, after: Config) -> list[str]:
    """Has the stored stories in the topics whose rules have changed; a sentence on each."""
    old, new = replay.digests(before), replay.digests(after)
    changed = [topic for topic in after.topics if old.get(topic.slug) != new[topic.slug]]
    if changed and not (here.stories.ask(after) or here.stories.wait(PATIENCE)):
        return ["Run `feedbot replay` to apply it to stories that are there already."]
    return [_refile(here, after, topic) for topic in changed]


def _refile(here: Desk, config: Config, topic: Topic) -> str:
    held = here.stories.everything()
    routed = [(one.story, one.routings.get(topic.slug)) for one in held]
    entered, left = replay.move_stories(config, here.store, topic.slug, routed)
    older = (
        f" (of the newest {MOST:,}; `feedbot replay` does the others)"
        if here.stories.is_cut
        else ""
    )
    return f"{topic.name}: {entered} entered, {left} left{older}."


def can_undo(config: Config) -> bool:
    """Whether there is something to undo."""
    return edits.kept(config.path).exists()


@pages.get("/changes")
def last() -> str:
    """What the last change was, to undo it."""
    config = desk().config
    return render_template("changes.html", lines=_lines(config), seen=edits.digest(config.path))


def _lines(config: Config) -> Sequence[str]:
    """What would change if the last change were undone."""
    try:
        now = config.path.read_text(encoding="utf-8-sig")
        before = edits.kept(config.path).read_text(encoding="utf-8-sig")
        return edits.summary(now, before)
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        return [f"cannot be compared: {error}"]


@pages.post("/changes/undo")
def undo() -> Response:
    """Undoes the last change."""
    here = desk()
    if not can_undo(here.config):
        abort(404, "There is nothing to undo.")
    try:
        with here.editing:
            before = here.config
            after = edits.undo(before.path, request.form.get("seen", ""))
    except (FeedbotError, OSError) as error:
        flash(str(error), "wrong")
    else:
        _tell(here, before, after, "The last change is undone.")
    return redirect(url_for("changes.last"))
