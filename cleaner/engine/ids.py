"""Give every document an id of its own: a repeated one takes the id of its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.output.rows import rename

if TYPE_CHECKING:
    from collections import Counter

    from cleaner.engine.work import Family


def settle_ids(family: Family, taken: set[str], counts: Counter[str]) -> Family:
    """Return *family* with ids that are not in *taken*, and take them.

    The first record keeps its id. A later one gets its place id, noted as `metadata.original_id`, and its
    second articles theirs after it; if even that is taken (two folders of one name), `~2` and so on follows.
    """
    ids = [outcome.id for outcome in family.outcomes]
    names: dict[str, str] = {}
    for name in ids:
        if name not in taken and ids[0] not in names:
            taken.add(name)
            continue
        counts["repeated_ids"] += 1
        base = names[name] = family.place_id + name[len(ids[0]) :]
        number = 2
        while names[name] in taken:
            names[name] = f"{base}~{number}"
            number += 1
        taken.add(names[name])
    if not names:
        return family
    rows = rename((outcome.row for outcome in family.outcomes), names)
    edits = rename((outcome.edits for outcome in family.outcomes), names)
    outcomes = (
        outcome._replace(id=names.get(outcome.id, outcome.id), row=row, edits=edit)
        for outcome, row, edit in zip(family.outcomes, rows, edits, strict=True)
    )
    return family._replace(outcomes=tuple(outcomes))
