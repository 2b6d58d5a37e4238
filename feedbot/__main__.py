"""The process of `feedbot`, which is also `python -m feedbot`."""

from __future__ import annotations

import atexit
import gc

# New objects until Python looks for garbage among them. Its 700 is a tenth of the CPU of a short
# command, since a module makes thousands and leaves none.
YOUNG = 20_000


def main() -> None:
    """Runs the command line."""
    gc.set_threshold(YOUNG)
    atexit.register(gc.freeze)  # the end of Python would look at every object once more
    # Not before, for it makes objects, too; and each worker loads this module, not the commands.
    from . import cli

    cli.main()


if __name__ == "__main__":
    main()
