"""Run `python -m cleaner` as `cleaner`; an interrupt while it starts is answered as one later."""

import sys


def main() -> None:
    """Load the command line and run it."""
    try:
        from cleaner.commands import main as run_command_line  # noqa: PLC0415 - loading it may be interrupted

        run_command_line()
    except KeyboardInterrupt:
        sys.stderr.write("cleaner: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
