"""Write composed pages: `python -m cleaner.training.pages COUNT SEED OUT CORPUS [PAPERS]`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from cleaner.training.pages import compose


def main() -> None:
    """Write as many pages of the seed as asked for."""
    parser = argparse.ArgumentParser(prog="python -m cleaner.training.pages", description="Compose pages.")
    parser.add_argument("count", type=int, help="how many pages")
    parser.add_argument("seed", type=int, help="the same seed makes the same pages")
    parser.add_argument("out", type=Path, help="where to write them, as JSON lines")
    parser.add_argument("corpus", type=Path, help="news, what pages are composed of")
    parser.add_argument("papers", type=Path, nargs="?", help="papers whose lines nobody labelled")
    arguments = parser.parse_args()
    corpora = [arguments.corpus, *([arguments.papers] if arguments.papers else [])]
    with arguments.out.open("w", encoding="utf-8") as stream:
        stream.writelines(
            json.dumps(page, ensure_ascii=False) + "\n"
            for page in compose(arguments.count, arguments.seed, corpora)
        )


if __name__ == "__main__":
    main()
