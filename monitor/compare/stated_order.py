"""Two sides that no page date and no capture time puts in order → the order in which they state their dates."""

from __future__ import annotations

from monitor.compare.fold import fold
from monitor.compare.labelled import by_label
from monitor.compare.redating import order
from monitor.compare.sides import Sides


def stated_order(sides: Sides) -> int:
    """1 where the second side is the later one, -1 where it is the earlier, 0 where nothing tells, or not all agree.

    What tells are the newest items and the dates that the page states about itself.
    """
    if not sides.before_day or not sides.after_day:
        return 0
    pairs, _, _ = by_label(
        sides.before.stamps, sides.after.stamps, lambda each: each.label, lambda each: fold(each.when.text)
    )
    moves = {order(one.when, other.when, sides) for one, other in pairs}
    moves.add((sides.after_day > sides.before_day) - (sides.after_day < sides.before_day))
    return (1 in moves) - (-1 in moves)
