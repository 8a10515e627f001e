"""Simple statistics of one or two lists of numbers."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING

MAX_NUMBERS = 100_000
MAX_VALUE = 1e100

if TYPE_CHECKING:  # only described, never made: building a TypedDict takes longer than a call
    from typing import TypedDict

    class Bin(TypedDict):
        """One bar of a histogram.

        Attributes:
            low: its lower end, included
            high: its upper end, included in the last bar only
            count: the numbers inside
        """

        low: float
        high: float
        count: int

    class Relation(TypedDict):
        """How two lists go together.

        Attributes:
            pearson: the linear correlation from -1 to 1, or null when one list is constant
            spearman: the correlation of the ranks, or null likewise
            slope: of the line that fits best, or null when `numbers` are constant
            intercept: of that line, or null likewise
            r_squared: the share of the variance of `other` that the line explains, or null
        """

        pearson: float | None
        spearman: float | None
        slope: float | None
        intercept: float | None
        r_squared: float | None

    class Result(TypedDict):
        """The statistics of `numbers`.

        Attributes:
            count: how many numbers there are
            sum: their sum
            mean: the arithmetic mean
            median: the middle value
            modes: the most frequent values, at most 10; empty when every value is unique
            min: the least
            max: the greatest
            range: max minus min
            variance: of a sample (divided by n - 1), or null for one number
            stdev: its square root, or null
            standard_error: stdev divided by the root of n, or null
            confidence_95: the 95 % interval of the mean by the t distribution, or null
            skewness: of the sample, or null below three numbers
            quartiles: the 25th, 50th and 75th percentile
            percentiles: the percentiles asked for, by their number as text
            outliers: values beyond 1.5 interquartile ranges of the quartiles, at most 100
            histogram: bars of equal width
            relation: with `other`, or null when it was not given
        """

        count: int
        sum: float
        mean: float
        median: float
        modes: list[float]
        min: float
        max: float
        range: float
        variance: float | None
        stdev: float | None
        standard_error: float | None
        confidence_95: list[float] | None
        skewness: float | None
        quartiles: list[float]
        percentiles: dict[str, float]
        outliers: list[float]
        histogram: list[Bin]
        relation: Relation | None


def _checked(numbers, what, least=1):
    if not least <= len(numbers) <= MAX_NUMBERS:
        raise ValueError(f"{what} must have {least} to {MAX_NUMBERS} numbers; it has {len(numbers)}")
    for index, number in enumerate(numbers):
        if isinstance(number, bool) or not isinstance(number, (int, float)) or not abs(number) <= MAX_VALUE:
            raise ValueError(f"{what}[{index}] must be a number between -1e100 and 1e100")
    return numbers


def _percentile(ordered, percent):
    """Linear interpolation between the closest ranks, as spreadsheets do."""
    place = (len(ordered) - 1) * percent / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _t_quantile(freedom):
    """The 97.5 % point of Student's t, by bisection of its distribution."""
    if freedom > 1_000:
        return 1.959963985 + 2.3722712 / freedom
    low, high = 0.0, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _t_distribution(middle, freedom) < 0.975 else (low, middle)
    return (low + high) / 2


def _t_distribution(t, freedom):
    """The closed forms for whole degrees of freedom, as a finite sum of powers of a cosine."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine, sine = math.cos(angle), math.sin(angle)
    if freedom == 1:
        return 0.5 + angle / math.pi
    term = total = cosine if freedom % 2 else 1.0
    for k in range(3 if freedom % 2 else 2, freedom - 1, 2):
        term *= cosine * cosine * (k - 1) / k
        total += term
    if freedom % 2:
        return 0.5 + (angle + sine * total) / math.pi
    return 0.5 + sine * total / 2


def _histogram(ordered, bins):
    low, high = ordered[0], ordered[-1]
    if low == high:
        return [{"low": low, "high": high, "count": len(ordered)}]
    width = (high - low) / bins
    counts = [0] * bins
    for number in ordered:
        counts[min(int((number - low) / width), bins - 1)] += 1
    return [{"low": low + i * width, "high": low + (i + 1) * width, "count": c} for i, c in enumerate(counts)]


def _ranks(numbers):
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    ranks, at = [0.0] * len(numbers), 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and numbers[order[end + 1]] == numbers[order[at]]:
            end += 1
        for position in range(at, end + 1):
            ranks[order[position]] = (at + end) / 2 + 1
        at = end + 1
    return ranks


def _sums(x, y):
    mean_x, mean_y = math.fsum(x) / len(x), math.fsum(y) / len(y)
    xx = math.fsum((a - mean_x) ** 2 for a in x)
    yy = math.fsum((b - mean_y) ** 2 for b in y)
    return mean_x, mean_y, xx, yy, math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y))


def _correlation(x, y):
    _, _, xx, yy, xy = _sums(x, y)
    return max(-1.0, min(1.0, xy / math.sqrt(xx) / math.sqrt(yy))) if xx and yy else None


def _relation(x, y):
    mean_x, mean_y, xx, yy, xy = _sums(x, y)
    pearson = _correlation(x, y)
    return {
        "pearson": pearson,
        "spearman": _correlation(_ranks(x), _ranks(y)),
        "slope": xy / xx if xx else None,
        "intercept": mean_y - xy / xx * mean_x if xx else None,
        "r_squared": pearson**2 if pearson is not None else None,
    }


def statistics_summary(
    numbers: list[float],
    other: list[float] | None = None,
    percentiles: list[float] | None = None,
    bins: int = 10,
) -> Result:
    """Describes a list of numbers, and how a second list goes with it.

    Gives count, sum, mean, median, modes, spread, quartiles, percentiles, outliers, a histogram and a
    95 % confidence interval of the mean; with `other` also correlations and the regression line.

    Args:
        numbers: 1 to 100000 numbers
        other: as many numbers again, paired with `numbers` by position, for correlation and regression
        percentiles: percentiles to compute, each from 0 to 100
        bins: bars of the histogram, 1 to 100

    Returns:
        All statistics by name; what needs more numbers than there are is null.

    Examples:
        statistics_summary([2, 4, 4, 5, 9], percentiles=[90])
        statistics_summary([1, 2, 3], other=[2, 4, 6.5]) for the line through points
    """
    ordered = sorted(_checked(numbers, "numbers"))
    if not 1 <= bins <= 100:
        raise ValueError("bins must be from 1 to 100")
    wanted = percentiles or []
    if len(wanted) > 100 or any(not 0 <= p <= 100 for p in wanted):
        raise ValueError("percentiles takes up to 100 numbers from 0 to 100")
    if other is not None and len(_checked(other, "other", 2)) != len(numbers):
        raise ValueError(f"other must have as many numbers as numbers: {len(numbers)}, not {len(other)}")
    count, mean = len(ordered), math.fsum(ordered) / len(ordered)
    variance = math.fsum((n - mean) ** 2 for n in ordered) / (count - 1) if count > 1 else None
    stdev = math.sqrt(variance) if variance is not None else None
    error = stdev / math.sqrt(count) if stdev is not None else None
    margin = _t_quantile(count - 1) * error if error is not None else 0.0
    quartiles = [_percentile(ordered, p) for p in (25, 50, 75)]
    fence = 1.5 * (quartiles[2] - quartiles[0])
    outliers = [n for n in ordered if n < quartiles[0] - fence or n > quartiles[2] + fence]
    modes = statistics.multimode(ordered)
    skewness = None
    if count > 2 and stdev:
        cubes = math.fsum(((n - mean) / stdev) ** 3 for n in ordered)
        skewness = cubes * count / ((count - 1) * (count - 2))
    return {
        "count": count,
        "sum": math.fsum(ordered),
        "mean": mean,
        "median": quartiles[1],
        "modes": modes[:10] if len(modes) < count else [],
        "min": ordered[0],
        "max": ordered[-1],
        "range": ordered[-1] - ordered[0],
        "variance": variance,
        "stdev": stdev,
        "standard_error": error,
        "confidence_95": [mean - margin, mean + margin] if error is not None else None,
        "skewness": skewness,
        "quartiles": quartiles,
        "percentiles": {f"{p:g}": _percentile(ordered, p) for p in wanted},
        "outliers": outliers[:100],
        "histogram": _histogram(ordered, bins),
        "relation": _relation(numbers, other) if other is not None else None,
    }
