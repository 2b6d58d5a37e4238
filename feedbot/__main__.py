"""The process of `feedbot`, which is also `python -m feedbot`."""

from __future__ import annotations

import atexit
import gc

# New objects until Python looks for garbage among them: more than a short command makes, whose
# modules leave none. Its 700 is a tenth of the CPU of such a command. `run` looks more often.
YOUNG = 200_000


def main() -> None:
    """Runs the command line."""
    gc.set_threshold(YOUNG)
    atexit.register(gc.freeze)  # the end of Python would look at every object once more
    # Not before, for it makes objects, too; and each worker loads this module, not the commands.
    from . import cli

    cli.main()


if __name__ == "__main__":
    main()
