"""Two sides that no page date and no capture time puts in order → the order in which they state their dates."""

from __future__ import annotations

from monitor.compare.fold import fold
from monitor.compare.labelled import by_label
from monitor.compare.redating import order
from monitor.compare.sides import Sides


def stated_order(sides: Sides) -> int:
    """1 where the newest item, or a date that the page states about itself, is later on the second side and none
    is earlier, -1 where it is the other way round, 0 where nothing tells."""
    if not sides.before_day or not sides.after_day:
        return 0
    pairs, _, _ = by_label(
        sides.before.stamps, sides.after.stamps, lambda each: each.label, lambda each: fold(each.when.text)
    )
    moves = {order(one.when, other.when, sides) for one, other in pairs}
    moves.add((sides.after_day > sides.before_day) - (sides.after_day < sides.before_day))
    return (1 in moves) - (-1 in moves)
