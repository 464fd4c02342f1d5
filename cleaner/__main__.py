"""Run `python -m cleaner` as `cleaner`."""

from cleaner.commands import main

if __name__ == "__main__":
    main()
