"""Numbers that are written as text: decimal commas, groups of thousands, units, marks for a missing value."""

import re
from dataclasses import dataclass

MARKS = frozenset({"?", "-", "--", ".", "*", "n.a.", "na", "n/a", "nan", "null", "none", "missing", "unknown", "#n/a", "#value!", "#div/0!", "(null)"})
PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
COMMA = re.compile(r"[+-]?\d*,\d+$")
COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$")
POINT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?$")
UNIT = re.compile(
    r"^(?P<before>[$€£¥₹₩]|USD|EUR|GBP|CHF|Rs\.?|R\$)?\s*(?P<number>[+-]?[\d.,' \u00a0\u202f]*\d)\s*(?P<after>%|[$€£¥₹₩]|[A-Za-zµ°²³/\"]{1,6})?$"
)


@dataclass(frozen=True)
class Style:
    """How the numbers of a column are written; `unit` where a sign stands beside them, so that no argument of pandas reads them."""

    decimal: str = "."
    thousands: str | None = None
    unit: str | None = None
    missing: tuple = ()

    @property
    def is_plain(self):
        return self == Style()


def style_of(cells):
    """The style of cells that are text to pandas; None where they are no numbers. Cells are not missing and not empty."""
    cells = [cell.strip() for cell in cells]
    words = {cell for cell in cells if not any(character.isdigit() for character in cell)}
    numbers = [cell for cell in cells if cell not in words]
    if not numbers or len(numbers) < len(cells) / 2 or len(words) > 2 or not all(word.lower() in MARKS for word in words):
        return None
    missing = tuple(sorted(words))
    style = _separators(numbers)
    if style is not None:
        return Style(*style, missing=missing)
    parts = [UNIT.match(cell) for cell in numbers]
    if any(part is None for part in parts):
        return None
    units = {(part["before"] or "", part["after"] or "") for part in parts}
    marks = {before or after for before, after in units} - {""}
    # 5'11" or 3.5e or B12 are no numbers with a unit: one unit, and on nearly all of them.
    if len(marks) != 1 or sum(bool(part["before"] or part["after"]) for part in parts) < 0.9 * len(parts):
        return None
    style = _separators([re.sub(r"[' \u00a0\u202f]", "", part["number"]) for part in parts])
    return None if style is None else Style(*style, unit=marks.pop(), missing=missing)


def _separators(numbers):
    """(decimal, thousands) of numbers without a unit."""
    if all(PLAIN.match(one) for one in numbers):
        return ".", None
    if all(PLAIN.match(one) or COMMA_GROUPS.match(one) for one in numbers):
        return ".", ","
    if all(COMMA.match(one) or POINT_GROUPS.match(one) or PLAIN.match(one) for one in numbers):
        points = [one for one in numbers if "." in one]
        if all(POINT_GROUPS.match(one) for one in points):
            return ",", "." if points else None
    return None


def looks_grouped(cells):
    """Whether the points in cells that pandas reads as decimal fractions separate groups of thousands, in a file whose decimal mark is a comma."""
    points = [cell for cell in cells if "." in cell]
    return bool(points) and all(POINT_GROUPS.match(cell.strip()) for cell in points)
