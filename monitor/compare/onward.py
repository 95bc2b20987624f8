"""Two sides that no page date and no capture time puts in order → does what they state show the second as the later?"""

from __future__ import annotations

from monitor.compare.fold import fold
from monitor.compare.labelled import by_label
from monitor.compare.redating import order
from monitor.compare.sides import Sides


def is_onward(sides: Sides) -> bool:
    """The newest item or a date that the page states about itself is a later one, and none is an earlier one."""
    if not sides.before_day or not sides.after_day:
        return False
    pairs, _, _ = by_label(
        sides.before.stamps, sides.after.stamps, lambda each: each.label, lambda each: fold(each.when.text)
    )
    moves = {order(one.when, other.when, sides) for one, other in pairs}
    moves.add((sides.after_day > sides.before_day) - (sides.after_day < sides.before_day))
    return 1 in moves and -1 not in moves
