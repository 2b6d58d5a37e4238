"""Which topics an article belongs to, and why.

    Topic ─compile_topics─▶ Router ─route(article)─▶ Routing, with its evidence
      ├────complaints─▶ what `check` says of it
      ├────Rehearsal─▶ what a change of it would do to stories
      └────review─▶ how it does on stories

What counts are words of the title, the dateline and the text, never what stands beside the article.
One pass over the text finds the operator's words of all topics, and one what ships in its language.
"""

from __future__ import annotations

from .advice import Complaint, NearMiss, Review, TopicReview, complaints, review
from .held import Held, hold
from .mentions import Mentioning, Mentions
from .patterns import compile_topics
from .points import DEFAULT_THRESHOLD
from .rehearsal import Base, Older, Rehearsal
from .route import Router
from .suggest import Suggestion, suggestions

__all__ = [
    "DEFAULT_THRESHOLD",
    "Base",
    "Complaint",
    "Held",
    "Mentioning",
    "Mentions",
    "NearMiss",
    "Older",
    "Rehearsal",
    "Review",
    "Router",
    "Suggestion",
    "TopicReview",
    "compile_topics",
    "complaints",
    "hold",
    "review",
    "suggestions",
]
