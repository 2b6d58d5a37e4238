"""The desk: pages in a browser that show what feedbot does and why, and change feedbot.toml.

    server      waitress, and which feedbot the desk belongs to; the only waitress
    site        the Flask application: pages, errors, what every template may use
    guard       who may ask: hosts, passwords, sessions, forms; the headers of every answer
    state       what the pages work with: configuration, store, jobs; how a change takes effect
    jobs        work that takes seconds, such as looking at a new site
    edits       feedbot.toml, changed with its comments and its order; the only tomlkit
    story_cache the stored stories, ready to be searched and routed while somebody types
    sources, articles, topics, newcomer, changes    the pages

Nothing here is loaded unless the desk is asked for. It is Flask on waitress: feedbot is threads and
plain calls throughout, and its templates are Jinja already; an event loop would only hand them on.
"""

from __future__ import annotations

from .server import LISTEN, serving
from .state import Surroundings

__all__ = ["LISTEN", "Surroundings", "serving"]
