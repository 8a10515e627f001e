"""Dates and times with time zones.

The worker cannot read the system's time zone files, so the IANA rules since 1970 stand packed at the
end of this file; support/make_zone_table.py writes them.
"""

from __future__ import annotations

import base64
import re
import zlib
from bisect import bisect_right
from datetime import date as Date
from datetime import datetime, timedelta, timezone
from difflib import get_close_matches
from typing import TYPE_CHECKING

EPOCH = datetime(1970, 1, 1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MAX_AMOUNT = 10_000_000_000
MAX_BUSINESS_DAYS = 100_000
RULE = re.compile(r"(<[^>]+>|[A-Za-z]+)([-+\d:]+)(?:(<[^>]+>|[A-Za-z]+)([-+\d:]*),([^,]+),([^,]+))?")
CHANGE = re.compile(r"M(\d+)\.(\d)\.(\d)(?:/([-+\d:]+))?")

if TYPE_CHECKING:  # only described, never made: building a TypedDict takes longer than a call
    from typing import Literal, TypedDict

    class Moment(TypedDict):
        """A moment as the clocks of one zone show it.

        Attributes:
            iso: date, time and offset, as in 2026-03-29T09:00:00+02:00
            date: the calendar date
            time: the time of day
            weekday: the English name of the day
            zone: the zone's name
            utc_offset: hours and minutes ahead of UTC, as in +02:00
            iso_week: the ISO week, as in 2026-W13
            day_of_year: 1 to 366
            unix: seconds since 1970-01-01 UTC
        """

        iso: str
        date: str
        time: str
        weekday: str
        zone: str
        utc_offset: str
        iso_week: str
        day_of_year: int
        unix: int

    class Difference(TypedDict):
        """The way from `date` to `other`; all parts are negative when `other` is earlier.

        Attributes:
            years: whole years
            months: whole months after the years
            days: whole days after the months
            hours: whole hours after the days
            minutes: whole minutes after the hours
            seconds: seconds after the minutes
            total_days: calendar days between the two dates
            total_seconds: elapsed seconds, summer time changes counted
            business_days: Monday to Friday without holidays, the first date counted, the last not
        """

        years: int
        months: int
        days: int
        hours: int
        minutes: int
        seconds: int
        total_days: int
        total_seconds: int
        business_days: int

    class Result(TypedDict):
        """The answer.

        Attributes:
            result: the moment asked for; for `difference` the later date given as `other`
            converted: the same moment in `to_zone`, or null when none was given
            difference: for operation `difference`, else null
            zones: for operation `zones` the names found, else empty
            note: what to know about the answer, such as a local time that a clock change skips
        """

        result: Moment
        converted: Moment | None
        difference: Difference | None
        zones: list[str]
        note: str


class Zone:
    """One zone: transitions since 1970 and the rule for the years after the last of them."""

    def __init__(self, name, data):
        self.name = name
        rule, first, *changes = data.split(";")
        self.moments, self.offsets, at = [], [int(first, 36)], 0
        for change in changes:
            delta, offset = change.split(",")
            delta, _, rest = delta.partition("+")
            at += int(delta, 36)
            self.moments.append(at * 60 + int(rest or 0))
            self.offsets.append(int(offset, 36))
        self.rule = RULE.fullmatch(rule)

    def offset(self, unix):
        """Seconds ahead of UTC at a moment."""
        if self.moments and unix < self.moments[-1] or self.rule is None:
            return self.offsets[bisect_right(self.moments, unix)]
        _, standard, summer, ahead, start, end = self.rule.groups()
        standard = -_seconds(standard)
        if summer is None:
            return standard
        ahead = -_seconds(ahead) if ahead else standard + 3600
        year = (EPOCH + timedelta(seconds=unix + standard)).year
        begin, finish = _change(start, year) - standard, _change(end, year) - ahead
        inside = begin <= unix < finish if begin < finish else not finish <= unix < begin
        return ahead if inside else standard

    def at(self, local):
        """(unix seconds of a wall-clock time, note): skipped times move on, of two the first counts."""
        seconds = round((local - EPOCH).total_seconds())
        offsets = {self.offset(seconds - 86_400), self.offset(seconds + 86_400)}
        fitting = sorted(seconds - o for o in offsets if self.offset(seconds - o) == o)
        if len(fitting) == 1:
            return fitting[0], ""
        if fitting:
            return fitting[0], f"{local:%Y-%m-%d %H:%M} occurs twice in {self.name}; the first is taken"
        before = self.offset(seconds - 86_400)
        return seconds - before, f"clocks in {self.name} skip {local:%Y-%m-%d %H:%M}; the time moved on"


class FixedZone:
    def __init__(self, name, offset):
        self.name, self.fixed = name, offset

    def offset(self, unix):
        return self.fixed

    def at(self, local):
        return round((local - EPOCH).total_seconds()) - self.fixed, ""


def _seconds(text):
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")]
    return sign * sum(part * unit for part, unit in zip(parts, (3600, 60, 1)))


def _change(text, year):
    """Local seconds since 1970 of a rule such as M3.5.0/2: month, week (5: last), Sunday = 0, time."""
    month, week, day, time = CHANGE.fullmatch(text).groups()
    first = Date(year, int(month), 1)
    first += timedelta(days=(int(day) - first.isoweekday()) % 7)
    chosen = first + timedelta(weeks=int(week) - 1)
    while chosen.month != int(month):
        chosen -= timedelta(weeks=1)
    return (chosen - EPOCH.date()).days * 86_400 + _seconds(time or "2")


def _zone_text():
    return zlib.decompress(base64.b64decode(ZONE_TABLE)).decode()


def _zone_names():
    return [name for line in _zone_text().splitlines() for name in line.partition("=")[0].split(" ")]


def _zone(name):
    text = name.strip()
    if text.upper() in ("UTC", "Z", "GMT", ""):
        return FixedZone("UTC", 0)
    offset = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", text)
    if offset:
        seconds = int(offset.group(2)) * 3600 + int(offset.group(3) or 0) * 60
        if seconds > 14 * 3600:
            raise ValueError(f"`{name}` is no offset: zones are at most 14 hours from UTC")
        return FixedZone(text, seconds if offset.group(1) == "+" else -seconds)
    wanted, table = text.lower().replace(" ", "_"), "\n" + _zone_text() + "\n"
    folded = table.lower()
    for form in (f"\n{wanted}=", f"\n{wanted} ", f" {wanted}=", f" {wanted} "):
        at = folded.find(form) + 1
        if at > 0:
            line = table[table.rindex("\n", 0, at) + 1:table.index("\n", at)]
            return Zone(table[at:at + len(wanted)], line.partition("=")[2])
    all_names = _zone_names()
    by_lower = {known.lower(): known for known in all_names}
    by_city = {known.rsplit("/", 1)[-1].lower(): known for known in all_names}
    close = [by_lower[m] for m in get_close_matches(wanted, by_lower, 3, 0.6)]
    close = [by_city[m] for m in get_close_matches(wanted.rsplit("/", 1)[-1], by_city, 3, 0.7)] or close
    hint = f"; did you mean {' or '.join(close)}?" if close else "; use operation `zones` to find its name"
    raise ValueError(f"there is no time zone `{name}`{hint}")


def _parse(text, zone, what):
    """(unix seconds, note) of a date or time given as text."""
    given = text.strip()
    if given.lower() == "now":
        return round(datetime.now(timezone.utc).timestamp()), ""
    if given.lower() in ("today", "tomorrow", "yesterday"):
        now = round(datetime.now(timezone.utc).timestamp())
        midnight = _local(now, zone).replace(hour=0, minute=0, second=0)
        shift = {"today": 0, "tomorrow": 1, "yesterday": -1}[given.lower()]
        return zone.at(midnight + timedelta(days=shift))
    try:
        moment = datetime.fromisoformat(given).replace(microsecond=0)
    except ValueError:
        raise ValueError(
            f"{what} `{text[:60]}` is no date; write 2026-03-29, 2026-03-29T09:30, "
            "2026-03-29T09:30+02:00, now, today, tomorrow or yesterday") from None
    if moment.tzinfo is not None:
        return round((moment - EPOCH.replace(tzinfo=timezone.utc)).total_seconds()), ""
    return zone.at(moment)


def _local(unix, zone):
    try:
        return EPOCH + timedelta(seconds=unix + zone.offset(unix))
    except OverflowError:
        raise ValueError("the result is outside the years 1 to 9999") from None


def _moment(unix, zone):
    local, offset = _local(unix, zone), zone.offset(unix)
    sign, minutes = "-" if offset < 0 else "+", abs(offset) // 60
    shown = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    week = local.isocalendar()
    return {
        "iso": local.isoformat(timespec="seconds") + shown,
        "date": local.date().isoformat(),
        "time": local.time().isoformat(timespec="seconds"),
        "weekday": WEEKDAYS[local.weekday()].capitalize(),
        "zone": zone.name,
        "utc_offset": shown,
        "iso_week": f"{week.year}-W{week.week:02d}",
        "day_of_year": local.timetuple().tm_yday,
        "unix": unix,
    }


def _add_months(local, months):
    total = local.year * 12 + local.month - 1 + months
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        raise ValueError("the result is outside the years 1 to 9999")
    following = Date(year + month // 11, (month + 1) % 12 + 1, 1) if year < 9999 or month < 11 else None
    last = (following - timedelta(days=1)).day if following else 31
    return local.replace(year=year, month=month + 1, day=min(local.day, last))


def _holidays(texts):
    try:
        return {Date.fromisoformat(text.strip()) for text in texts}
    except ValueError as error:
        raise ValueError(f"a holiday is no date ({error}); write 2026-12-25") from None


def _add_business_days(local, days, holidays):
    if abs(days) > MAX_BUSINESS_DAYS:
        raise ValueError(f"at most {MAX_BUSINESS_DAYS} business days can be added")
    step = timedelta(days=1 if days > 0 else -1)
    left = abs(days)
    while left:
        local += step
        if local.weekday() < 5 and local.date() not in holidays:
            left -= 1
    return local


def _business_days(start, end, holidays):
    if end < start:
        return -_business_days(end, start, holidays)
    weeks, rest = divmod((end - start).days, 7)
    count = weeks * 5 + sum((start.weekday() + i) % 7 < 5 for i in range(rest))
    return count - sum(start <= day < end and day.weekday() < 5 for day in holidays)


def _difference(first, second, zone, holidays):
    sign = 1 if second >= first else -1
    low, high = (_local(u, zone) for u in sorted((first, second)))
    months = (high.year - low.year) * 12 + high.month - low.month
    while months and _add_months(low, months) > high:
        months -= 1
    rest = high - _add_months(low, months)
    hours, seconds = divmod(rest.seconds, 3600)
    start, end = _local(first, zone).date(), _local(second, zone).date()
    return {
        "years": sign * (months // 12),
        "months": sign * (months % 12),
        "days": sign * rest.days,
        "hours": sign * hours,
        "minutes": sign * (seconds // 60),
        "seconds": sign * (seconds % 60),
        "total_days": (end - start).days,
        "total_seconds": second - first,
        "business_days": _business_days(start, end, holidays),
    }


def date_math(
    operation: Literal["show", "add", "difference", "next", "zones"],
    date: str = "now",
    zone: str = "UTC",
    to_zone: str = "",
    other: str = "",
    years: int = 0,
    months: int = 0,
    weeks: int = 0,
    days: int = 0,
    hours: int = 0,
    minutes: int = 0,
    seconds: int = 0,
    business_days: int = 0,
    weekday: Literal["", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "",
    holidays: list[str] | None = None,
    search: str = "",
) -> Result:
    """Calculates with dates and times, and converts between time zones.

    Years to days move the calendar date and keep the time of day (the end of a month is kept inside
    the month: January 31 plus one month is February 28); hours to seconds are elapsed time, so a
    change to summer time is counted. Zones are IANA names such as Europe/Berlin, or offsets such as
    +02:00. Use it also to learn what day and time it is now.

    Args:
        operation: `show` a moment (and convert it with `to_zone`); `add` the amounts given to it
            (negative: subtract); `difference` from `date` to `other`; `next` the first `weekday`
            after `date`; `zones` finds zone names that contain `search`
        date: 2026-03-29, 2026-03-29T09:30, 2026-03-29T09:30:00+02:00, now, today, tomorrow or yesterday
        zone: the zone in which a date without an offset is meant, and results are shown
        to_zone: also show the result in this zone
        other: the second date for `difference`, in the same forms
        years: years to add
        months: months to add
        weeks: weeks to add
        days: days to add
        hours: hours to add
        minutes: minutes to add
        seconds: seconds to add
        business_days: days from Monday to Friday to add, leaving out `holidays`
        weekday: the day to find for `next`
        holidays: dates that are no business days, such as 2026-12-25
        search: part of a zone's name for `zones`, such as `york`

    Returns:
        The moment, its form in `to_zone`, the difference and a note.

    Examples:
        date_math("show", "2026-07-01T09:00", zone="Europe/Berlin", to_zone="America/New_York")
        date_math("add", "2026-01-31", months=1, hours=12)
        date_math("difference", "2026-01-01", other="2026-12-24")
    """
    if len(holidays or []) > 1_000:
        raise ValueError("at most 1000 holidays can be given")
    place = _zone(zone)
    unix, note = _parse(date, place, "date")
    free, difference, found = _holidays(holidays or []), None, []
    if operation == "add":
        amounts = (years, months, weeks, days, hours, minutes, seconds, business_days)
        if any(abs(a) > MAX_AMOUNT for a in amounts):
            raise ValueError(f"an amount is larger than {MAX_AMOUNT}")
        unix, note = _added(unix, note, place, amounts, free)
    elif operation == "difference":
        if not other:
            raise ValueError("give the second date as `other`")
        second, more = _parse(other, place, "other")
        difference = _difference(unix, second, place, free)
        unix, note = second, "; ".join(filter(None, (note, more)))
    elif operation == "next":
        if not weekday:
            raise ValueError("give the day to find as `weekday`")
        local = _local(unix, place)
        ahead = (WEEKDAYS.index(weekday) - local.weekday() - 1) % 7 + 1
        unix, note = place.at(local + timedelta(days=ahead))
    elif operation == "zones":
        found = [n for n in sorted(_zone_names()) if search.strip().lower().replace(" ", "_") in n.lower()][:100]
    elif operation != "show":
        raise ValueError("operation must be show, add, difference, next or zones")
    return {
        "result": _moment(unix, place),
        "converted": _moment(unix, _zone(to_zone)) if to_zone else None,
        "difference": difference,
        "zones": found,
        "note": note,
    }


def _added(unix, note, place, amounts, holidays):
    years, months, weeks, days, hours, minutes, seconds, business_days = amounts
    try:
        if years or months or weeks or days or business_days:
            local = _add_months(_local(unix, place), years * 12 + months)
            local += timedelta(days=weeks * 7 + days)
            unix, note = place.at(_add_business_days(local, business_days, holidays))
        unix += hours * 3600 + minutes * 60 + seconds
        _local(unix, place)
        return unix, note
    except OverflowError:
        raise ValueError("the result is outside the years 1 to 9999") from None


# The IANA time zone database since 1970, as support/make_zone_table.py packs it.
ZONE_VERSION = "2025b"
ZONE_TABLE = """
eNrtXVl32ziyfu9f4fe22lwlajT2OY7jSdKJM76xu3N6XnwgChIhLpC4aPGvv8RKipS1y1twpicmPwFVAAgUCoVC4bIfIxecXXZRbwiik0v+6roxEC8fQAh8
XLxFwywQb1c4An48F68fgQ9i8fKfGMIUTyXRbziE4vk7zoDvejhNBfLfDAxAD2cDnAnoHoXdzE/z9zQAUYrcsx9w7g/BBPkFdJc+fIYBjMDJdeqefbq5F39/
18RTQz7xh7xg0RS53glJzpKyZDRJ8fMXF+ZceucE7mi/icbp9VDycNkFXdlEl0kI4vIbLN4+gvgBJg93IAAglOAQdXGWIvH+FYSjPIF4vcF5W6DEk03xHaAY
d9HJl6iHQHR2GaUgyv8XowkW2BUOcSzfbsA8b1x4fn153zA7jluUPhggGCfnV9f3Db2jdWAK3FMj0TpWbGmnWkePWwGmgN0MxS82PrX9HAnb7Ce36+DT0rud
6ey9SXP8VvSVQSbr+CEGj4/5xwsC2Q0+5t2gqPVXFCUeSOT7NzDAiXxB3RguZP6W5d+maLKcUFf20u8IhFB2y1scp7jxHU/w+c9LUu1yGVGSgIx94gapi+67
s7wy8nfSz+ax5PohG2Z5tyy+76ecbYwjmeBz3hOK5F/RAASoKHI3zwwSr4Qk+ZgpKjHKUnx+lRfS6OQtLgpxRT7/yfVgPkrPr/MPZ1xf392f3lh/2H/YZ9rp
ja7lT9aZYZFMHXOUf9L8k3essc4+XHOIqogfrk+zCfKMdNr2nCGGGTDEiXkaAx2/PCODI7539PYZWJghcc6UIl5vF2RkH4bOnpSHoJrLHDOkZY0YYk7mHMmn
BYbgJkcSnSNNyJAZJxxxurqV8SQ6CDlkzDgy5mQMnHDKVE5JgUaRlHO3obcekbnqdDZBjkd5C16FaElAN5dxLjj/9++afkEnBR0OsEYlu2Hl7al1UMwnBSNr
knen32PvVkh/bwX8XX80XDqLgBkDfCejCTQ8Wk7B8OY0QcbnElNjGUg3oO+Yp/d4iYZ0npoP2Kve9slr03P5z3ZCpzE94e8Qk3c6u9H3RKO/G1P+Hg4Wf+/5
C7+b2nTxd05f/j5g+Yecvz526O+AN6CJncXf0WAhv2XygtrZYsHaY22BkHjf+PdZctz0z0RP8Vf8f2X+RxrPUv7DLAVsNXBFlUozVyWFSqmdmYedDcL5SCwl
HC72yMMeCJGah6CzAiEsmD7DZTidDDZGRnzmoFPAOuR4lJ+T11aUX22LvY9a7MJLCIfr4OESoCySqiFbIc/Zch9l7jZSoO06nlIBlQqoVADFX/F/RSrgn9gD
UQSTbhYPCktkAmNpfr4hxu4Int9d3lUsk39mXVDYKzvmyOFmBhtxk4+ww1BzMkUsvYroKUda3CzU1LhZyCbmA6qOPQYcaQuTxlyYNFxh9pgKs0cPPMl9Ba86
5S43ZdnC4rQRr6drYQ0inqgZtMMFQ8xXD8QpzkLVmju0pu0Hi615g6MYTxAQhn2j2QlHqfO7qRWm/e+9IQhhBIpNgY5piFJbaHEv4w7gh3scQr4Z1OnrpOFJ
ni5VP0S6+xiNcIBOvqHuHDBjPfuWcXvKtZ2EW3ntiG+9UHPdIhL1qkjeORjijTkyCsRaqskRX19Pp8arGc4YYmhtgycaj0qJaHOMnUe+GwQGJWWx1OT3WYTE
vhKtJwhEZqH5NGOujFpjTehWjxwy/elTK7AiGxYqkw+nAuJLS3swwlurvqLsP1HU8zD0S4Ov2Z26jKDeNnn5bXsk8oPK3hjdHmBce1VEpqnn2g15EV5vpha/
XYaQ79QC/0S+pD44+evu7DKAWYpAdP757l7XPn+kJg+Dmjz0P/Q/cmGR0d6Yl6kRJ3x0UYwOHYYRI3oVW5ZOYoadcqxthBwzsUjX8lfyILb7HfnugD3JlzzN
XQ5Z0SSHRpogEgvZsgFmzWcca7ZRHSPfk2Hkg26Crab3UjzeTt3MlGMtF3LMnOobYfvk3Qd7Dr6qbgfHCtkcuR6OwQAymQwSH5xffr27b19+XSKSKTU/n4Wf
li5SRG0qhZhIJhgTyZQHFumYSH6SBxWNu/HdAXuSL3miIpk8MJGcK02cCCNHiKzHmPggGBMpFYyKCopR8bEBtpreS/F4O3Wjw5NgbOgQjA2n9dg+effBnoOv
qtvBsZJIHmQoIP54EkjRICu9x1m3eCOecW7jDnQDHEnwKouBC7B8/4hDFOUPEvgU5yvuXuk9Az0Y4GwEJfQ1BgGMemhYKO/f8BTGD7cxilyYSPQGxGiA0+Id
R2kC4xgUEHH9e8D9h7sRQEUpbzOYL6cffiC3KOld+vABxKkHAxjOy+hXlKZJGfiWuQiUgXsPh2Ahyd+koFFRjHvigVhq2b9RPEDR+eXdvdVpdK3SN8inxCwv
Kjj/d0MzL8xOg7pLzVGaz310vUs8pyjYnBLxQpfOA8ixVmoLzAkFRuwNVewxFRjZW6GYHs/bNZDuwVQYt2yRmRpJKoVZVkDqAPZkuoIHdQKrFlAW2tTNeqlb
yQwav7foS6kVB3nr56149iGDEU4eLlFc6jdlcKGd9XY84+1M96BY4/sD0YDGFNbr0UWiKMSXrVq31ZjMaxi0bpQfMXIwcNDyeXGMnkhJfegqrdrWW9mKRrgC
KQhB7JZHsvwNh7j3A03yMTkp9WqZ5Yjtk/f7HItdgWG8Zfvo3QlRCQmdwOa/6iZxP6y0WdsdgFXtg+MeLkm26vsPnOSSBr/mpjhUV/kzG2aF9KNvB6o2raI7
FFkk1mwHspDOQaq95mt/A7ngx8Mj9Wxd1MswRF1tC7o7y4BD9fGbfEbFj0Wf5u8H/LjNuSmyOE3xwfWeqFEbyH5eVH2AV1Y9EFVnagsFNeLPu13d88/98AkE
ARzgVy3vD/Wt70CQgjcnrdZWKnr4MwPRWxm2mcM/pT6S39LATXeHan/L0AH6LfHKYQM1fKwNVIP43rDqhJrIvHl1sMiiE59/xkWmY5PPIuZkYzh+utb3mZuF
x/rWB1c+ej05WOeZe4BZ+K/EyxcB4HXLqtTi1Y9628uqJItchIsPTOhkj2NOaDARn2hA68JYZ6IXBbI40XgjjNm5CGbLwtKtzSq2LN2m2LPSa4KRqO88W0Uv
mdVH4ViMdXsgZIKNPZEukBM6FpOu5cPaCC59j1hO8oUyMJ2tGP30iBDDvN5mmMxb1I3uG/IhJtIxWxrFPMlXT1eVZTVW1GNZ3ZZgNhRtxYy18tDN01gov0cz
rJV5Y6zgm+kbYc/BYzXftljuWzZyYE1IpMjHPigZl8A8LL/iGAQPn0HcxVlc2HZAlK9cT67v7s/z/9udRm9akPwAPPQCppVSugLz23UeRV4p4ktYYR1ZZjEp
sFdpvTFGUVDL7JhzozY50I/08AFEPRiD5Pzq7r7ZaQwHeWrH7ObfaoCFlZ2AzMq+FUYlA8WotFjEWI8lGKv3InYYHhtjW9Ut7+h5XkeUntJjGKH3JFbkpfR2
xFbzOAzfVfRKvSfugl6+0JPG1Y7RnUGutrCxtpX0o/YJKiomXNoXvIix+HDipB+ZzfpogAF6hHwUkMrrTjvUWO0NXbSIEac93iT0wOtik2Dw8DdK2JrQuuCt
khc1EzWTKnExjxUtxYpKMUe0ihm5sxWTZUvQ62KDCfaFZsMDzApjXzAB3Wk+JphncSIymRMQGiODLhIWRDhGCTy/ubtv3SzZKCajwfRbXEowXYGOYDrHUozO
uxVsWTqJmZoYcU5LjDi2UUwwtlH8JA863+/GdwfsaHwPLu0OLLUPxOPt1I0uyWj/o/t4tE9O9Y2wffLugz0HX1W3g2O/Fep32I1RbwBz3Wy+UgKPnYn21iSc
kqwvI1mZPmdpZX2OPLWwVMORErFKDP0qInaEHz7FZO17OGWdmR8q2KNY6jBzQSVdgfntOo8ir5bVsclcbvd6q7CCh8RKtnlbGu1Qs254W9IGS412Bb1lZSnK
XLRLUV9ZPseQ7QKbm9Er2soa1dMt4VHCNmy/pXVbRm8PHmuwJe1nz8C0tuC7ApGbRdweR3q+GZsjLue7wz7XFSx7YGvrTALkyZpPxb4wrRtdCpPT5lsZJZhR
h9Ib1rEjGj6ObwzZiwdb7paX3FeAOPUlCwKpO4kmeTIXkR3DEPPv0Uyy9rj+9ecwiuCCnSToWmnN4Hvl5f8O8AmxdVx9vCee4VcwSmMQnHOopm3SAvs27wRM
q2L6VZtXjGlpFWxZOokxx3CCMcdwygOLdGy9/yQPqh3uxncH7Gh8X7m17z1bMpdjpuiTTGmgfXKqb4Ttk3cf7Dn4qrodHCuLYy8D+X8l47PjmG13s87+6P56
WzC/rqFyoeOgrAd6xFsrho9PGopUd1qFdYNfdZFtCZ2LHmyjP9qepiwJW1oScJISR2e3LL2NiS22DtnKnW1qBbiKmd2JAG3dECOvJbcY49qQx3MPoHG2qOUb
ONVqPjgb+vmUlvPFDqz0dVrjv7OHf9HGPkLb8zgI35Jvl/Qb2p7HUr+cZ63bsl33Ut5iJ77wk5Jl3uu7PUN/WVM3SW+Zn1Tht2Y6wnTUikUbFI7wbMhT26B0
z2SycxEbaiKdIU2DTh9shJV4LPGr2xibC3Mcm98q6Zb47tlz6YKs4WndThDDJC0dOrz1MIzQ7CTXNOhp8hg94ghQxaOzKBQzBLpAGVZfwrA6BJ4you5jRP0I
ohDEfuKBScTDWtFcLYy507UN2+LsAgmd1JBBlHbFSDzKQ9J7lXxNw3RPy808TXDEhQc5Mq23zKHGzkwbOhXJbCu3KYMttFdhdPqiGDXRVbDVeVdiTKwSjInV
CkbFL8WoWN0AW03vpXi8nbrRKZdgbNokGJuu12P75N0HOyZf4qpbnnzZwHrIJ2/o8+FFs/jOZsNHYmaMKoudjzCawMIF/M5Doxi7/gk3PZx8BxMwxEQ3uMFZ
lAIUPasDIdtQIBjbUFAOhMqBUDkQKrvNr2aT+gjTGKOUymHkemgAmE/A9RI5TM1MutfCwtYhN/qpMCUYE6Zs37JdS1fCqACjGBVqFWx13n2wo/FlA5/ZxlAd
kz50bOBvgK2m91I83k7dTNEnWaenxlQ6ENZj++TdB3sOvqpuB8ekML3uhTgqW8H+gUGAp36E+vDkCpAgW5tpu8pZW2mxSotVmp6q22Za7DWKswiO4ML5RWuO
pnLrZSxcGqZCpWCmbOpmkwr1gZl7qZ6bNIWcZ3ZhStHDAtRxJE9F+KNx7UjkdUCul56AHo5Lm712H461qoMr26NawAoyUbIYm/EO5LPHw5cEdGFQhDJEwyyf
XU5u4Ay5+OwDGILvOE7h+e3dvXO7ZI4hxhv9sYmPbhBVhlhliN2bL/W7eV+G2PdsZH7huknZ+R8SZ/Y7DIqto91s229H6ilpq6Ttm9r2WhyrP8E8KkJOf4l6
KFdqxF9yg1NS/ZGBf92dXYMkbXBwpf3S9M2a6a5resp+pOr28vYjMgpAAB9fIByWqeH2ithSfRE6sKuNaqGlus6sHjnxUwBcFpWABP25XDIcSRuMnbH2tA/l
Xtim8d3eDN+lPnsFdhgfwJfn8XbqVvh4Sp/MZb6ga/xDt867D/YcfFXdDo4VUhX3Ug90pR70Pct8MlkYF0b+r35BhKz9h3bW0HM5q9FH5ZN4IIxykzdVcgdy
a1uM3HvJXXjdzbDn4PFSfLfn8crbtDsg/YXekOoJjFHZChsJvozyBthz8NiDrxFF1EZevgv0E8bJehXR9A1tI3XrDap0L6dKZr3lqhDr/w4Wak/LVark21Yl
vUipW6puS1RJEtHq4T6L/ZUGM2NmRsrxTjnevUPHu9lMXJehzKCvyQz6KQMpDEFQPiavt+ZIRNhOxel3YyrDsZjpWIDuUJyJZ2d+aZSJwBQgO/RbdrLI+c3B
OEPBgvtIq+kI9xHDCmX46xjUfD0+ZXMQFUdYQZ8E/J6Gba51tVKrz+hAt2/UQnF9BgHqg5nwD7xMAxClyFU6sTKvKp1Y6Y2qbs+oE38GE+JHd5V16dxjF+EN
z6QEPtPFTrLmbqTvSoyFSmFBlAKBPYp0TUfqxbq4bYGFd9lRp850uYo3ttTrmvLKuCLvDtiy+krs0Dpr0QZNfVxvF2q9ZdhAOygWimv42FMFK9I1ZUROahVj
9RUaKLOoVbBl6QpMRlxttv1VmMybNkVZLDMRmq+FBdb1Rd7pdKN0SzF3UKcn62ZOtVq6TbFSWbbO+5p4/GJ1K2QrjEOcoCDARRSYva6P+q3qKfQ1wrPixvr8
5eHLd+IcxH9v3KUg9qGKW/vO4tbSzo0wltcVuJoK0Krq9jIBWoUsugExjAZ4a1/E1RrkaktoWdiI0WBioYkwYUN/HZrK31HV7eUNfWKw3MIUxkk3iwdPjpfX
PjmTJ2cKB2snoaqapPqeqtuxxtU9DIKHK5TOn9R517jEK31K1e116FN/wwmYH02bAoPEUxqRqturkdx/o8glF/Qkux5mUkqIqtvr6Mo/UQRC4B6yIzOGLlYf
W9XtOTpyNkH+k/GayIHWsTN9ZYe22brVwipek4rXpOI1qbq9rnhNX8YgyFBa3BYBokGE4jSLBiv1hLETv7nAoMov+mX8otn2YcutXmJe9qVQftFKdX3Pquuf
+cor/3vC//Lbnml8u3a7VYvZzDY/FjcLX7mILKqaRRBk55df7+7bl1+f0NMPHfyJ7SARjDUi5YFFOtaIxwvCxJ4crfy0/TqC3KcyJ/tW5MGKJjJrk/9YZrYK
Y8KRYExgVjAqCClGheMG2Gp6L8Xj7dSNCh+CMcFAMCYs1mP75N0Hew6+qm4Hx6QU/gqjNHP9+dk3nKFkgoKgCOhVQK/SK0atBdQZSbUWUGuB97oWkKL5BpPz
heRmgjfrbaVcoTei91I8tuKrbDJKVv1KcvgbeLgFjwsXHgddK63dLfsNhWDhQLqt9XxxID2WPqeeOFlXYBM9rWF6s9urgb1REtZOs3/DycNlNIABTE74/QHk
EM0tcFEfuSuvFHhf5hUVW1vF1lZXyqq6vfxNBjfAhQg/f1BoPZ6366CtpweNFH0DIjDIFoK96EPILTW+k3G9UQeUIJ1edaGMO02vhpnBdCpmR6fP96BNQ/gY
621TqKJG4AiSNhTeyE3PkyenNbzojUyKmiUnH2LwiIKznzBJF+bx/KNktUvsWdPQEKwDEYOAfZTFC+b5jUOLN9H3Yt2qaQY3IE5RhMYZpEFieEiYFg5FTBNY
jWtwA1IQ4hgnKw+/2qPEdqvqutFN06Pq/5RzplevQCphR1zb7LPeodfSKK9/VbftTjTcgEdAYjyVb+u6y+IDHYrf2BWMDS/aIMM6dkR3M+XCtw+PohvBCIco
gnDl2S5+XXMRk0RZ4pQl7lXWTZ0tVHV77pk4/9MrrzvM2ByJGAmB7NUtqCsFWImyZfRKXSlX6Xyi1/1SHmiHM5ECLSEtvo8PC22Ons892XTkKW+gF/YGYisc
GoFArHY+wQjGICgJ3Xy103aVfFXydaV8JdauAEfcBkpvPFoeGdkZQG4GM5qmMH0yxsxuWtxyIYyXjPEGWJF3Gb2X4vF26mYKwzETFdTUOdU3wvbJuw/2HHxV
3Q6PGf3xuLbRgCM3zWXIsSKrD7KRiqL+YpHG5Y1GKor6QhT16aOKNK7q9pxR1ImDKYxjOC9p+WpvUan+O6r+pDdNUA8uOkCY0v9BHwrl1J97XBEwAqF0sknZ
apI7WWx02mjOy5OeORhk3ElBy3iO4UCoE0ZPUHb6PYHR22cols1q6fSxcJhoz8ZSFenKzFI/KWWWRW25Xs3bosAKN49SOulZ0bJGtXRmCERNWIenU0PhvRGL
mrDw/BSbZ/LCv1493WqsyLuM3mF4SKxlp8YyDS+NIQiK+3FBkoCseEUjNMCRfL/3sqgHY3IHZYHhOKeCxX081yDJhVn0rEeWVPgCdWRJHVlS7uS/uqv8dzh9
+AfH/gkXvsQP/SXkMdtkefOxEpQ8VvJYySxVt93lMQ7hiv3tjKxIfKKqx4kQHQRj4oRiVBRVsGXpJMZEL8GY6KU8sEjHRO+TPKgI3I3vDtiTfGmEla6KsKIi
rCi/A1W3PX0qvhPzhAfEGZSPkAPndE/c6HATC4rzfEYizEF0I5YeRCEYO4hCN8zoQRSK0YMoFKOngyoYPR1EMWqaYhYzKocpE2pZXWTSEny79GJLmpeaqxg2
m1DrTf5SrlrqPXwEPk7B2QeYBcB70rmZRpj0W9pGEWw3jEzL5hqCsbmG8sAiHZtrnitKrorOq6LzHjo6L/OHFXeAKt9hVbflftELcvgKks08JYd/ATnMduem
mjqfos6nqLq9MjlMbOF3IIChEsVKJX7TKvHe04wSxapuzyyK/ztEERiAleEztjjI8uj+Usf2aaSMX/ImFSuUHTjR1KDbbtDdghiEIEbdwvOvPc6LFbZHGXfu
wxPTrzqB3eZqUwNkjduYXKK40lHAag6m0hEeHml3ng13tnvravWAlysxOk+yXWN/M+xoPIxuKmMardya1rE30w65J9l322qP+I3sEZPRhx8u3bgI/P4D4YcP
MYhcLHYtyM8LsS2tOZpK7/WxmEWnwj2CbVhQKZGK/sY2J2i63liUR8eR6IUtfzSuBbdkpfsbBh4+XOSufmTWg3TdZlEKHi5jGIFkwXHZwKkYWrrw02durWwU
9erYSPBkcz4bloHAqDvtk+kKbDWPTfkemsdB+C47k7Q9j8JJWkZQe+a62U3Rp5b2DYmVzmrJMu/13Z6hv6ypm6RXtH3JaV2eZzIdccauFc83OwNjhTVsqIl0
RjGeZcjEZmi7sKpV/AAomj/8QBMYS8H2E0URGsGB8BUntnJxuP1qg7DqjrTVOHyOtTOtji1Ltw9W8ICDd8G3ZE2g2krVwiBvD6bazwbYanovxePV101ZaFTd
Xmqx+ANEPooevkQBTFcK4LGTum8tWp2Kkvfa7qtQu5BK+PwighW6qA+fP/g4dy98Ks54ayxjinubxRn/AQcoAkJXvwOJD1LXg1MQFefUS4kTHGQpVFOJmkre
3VRS2AmVuFV1e76p5A5EKYhhKCeTvU2v3PRLwHa7Vw8IQDgiMMAnVx4K4NkVufougnkpAm7+pSU5vWnnQr15ZlinNxZ/UsZaZaxVxtrXaqx1+mAjrMRj04BZ
mwbqKtKNjEPwWI0VPIa9N8LXsudL5TF++EhuLhhgfnuNi7SO7k8QnzUCNzulmIGjJr/GJ/YFNjQFNpLpgq7AIktgYV9goZaxkjm2vCxIN/j2dqlg+OEWZIHc
oiRxBp5/0VNKV2B+u86jyCvjFpWwIizQslBBm4YZsmWkINSs1XdZGyxbp60JW1SUuWgXv37plGPIdoHNzegVbWXVL6JaxqOEbdh+S+u2jN4ePNZgS9rPnoF5
bfF75+IYJt15kkU9flQw/1enQXTtP7Szhp4vbTX6qLEzhPxCKXJuj+3X0DhSoYVPxRROfyKbMGIvZiVAd3q2y7IDcGQuhLzY/aAHH8nux0bAyBLA0F0HHIXo
83DZmOjra6BYPDEyLNzY1hilx4Shuxn2HDz24GtEUe2k7h1KfXXTwfY3HdBIEAMVCUJFglDRElTd9owEcZc+/Im9KBE7Gt/htI9z9S4AuYr3/e7e/JepfV8i
nIkPtenrTR4LlcoUgjE5QzEqrCrYsnT7YAUPKiTfPl8WgpxgTKYwbMajzzY9Mh1SLG65PB2VHwyzcQ2jeZfRexJbTe8wPF6K7/Y86PgkGBs7tN/T8bQeW5fX
i7ajdyi+b4XHL1a3QiZPUT99uMriGEYp31Ym6t/YmWiLeyH3cJC5aACCUfkGOrsPx1o1Wjkzy1YimKOh2MsxsmZln+XeywK48pqLZuRBbaM7HpaYddW9CvvF
2Fd3D6i67XKvwt/kCE1GHNC5xncLXNRH7vnt3b1z+0zL8ENf/PcW+TLBQTAmTCoYFRIUo4JjA2w1vZfi8XbqZgrTUHETJBtI67F98u6DPQdfVbeDY1IY//RQ
mouVOIFCGv+T+Tg6v7m7b3HJ67iOEllKZCmRtQFGwiPnT3J4/QP8LAXpij0Gah7zwSoTurS5b2pWZ3sMBGN7DJQHFunYHsOTPKC3M98dsJV859JGqfYY1B6D
ssOrum27x0Acdd2USOIrkMD5+b9/15yLhtMhydxBMNZOSaR7q93STgmEAp0hZpDLIILoA3KvGYH6Qd6XWVf2eLb5iCVqtgSSckJNz9V5mvEjQ9qjJ5HJkCFW
FGRkk5oqaEXRP4IJSkjRWxeNVodMNHnRY3xKTWnkljcCIeJQRKNahBxxLCMhDjR0PipRy0IcpR//iicoCOAJX3yfXXlZ5ss3EmDi4Yb52kjwPi6l+AeM8iLp
2kVD1zrkkoCga6XkuHn+XGZ3A9xxBmIEzy+v7+7zxJc0io2ukemP+SlrZ2aHXpKgzfEpvQ/Bwrw9u762iJjY4YjvcISEAqaIO9gcoYGMts61Iy/ijhALr4VM
ODIsINtRlu0j6UynTyKiDVchooTUM4hd/jA4DBI6h6VMi5r53LWD1kJPjlXm0KmkKXjV09SQQYafTLOC18GRZ+CVae+hFrvwWpR10yRfO+eS2r5o2B2ywZFL
6pTJZScbakQc0zg+pTzuTRb38EkJusNZ6j3c4lw6f/+fFLiXmeuzPfH/ETlqfP8fkaNt4utYiNEZubwToVxb1jUacCjvtzOXS0sKUcFHISJWWCoiV44HvS6O
VOKyVCQ0BIVItIgtILuJOUSkwU7QkTk+f4UKKOMNTWXmoaDQOSr5F+RIW+49VWhXjmWheAuCEMYL5xb0djzTqmcFDNQciUCFmq4OeqmDXm8sKlfR5X/g1IMx
EH2eGPHmmPs2DO2mvSzP3RxPwcllgsDZZQ9G7OlrNgUoZc8/0Bz0PKKQmBcNs0NoiWVahdR9jIOAJNQutPxf46JhiDMVxZEKUizwOKE+6Xo3ry+9KmlE3+nC
Y9U70dttobevej80vWPTf6fl3ZI+969f6FR/4yTFvtSHqYl8iCz3lJxyjJiVom25E27KgJk9FgoypXD2DUeDOQRxd056dxqQY9Du2Z8gergBBLrOYjyCZx9g
HCD5dpX/E3lgUPz+3yTA4vkuxa7v4SA8v7rO1eir67t73tFL3Zze8tXCHuvhdIqSB2lssQrYHiFz3iHovBJehIXsAfLsycYI6VfyCMs65HiUn5PXVpRfbYu9
j1rswus3NtcGIUjnC8t8EyVNjcozm0TuldFj1iFRjyNhV6RxOB3ycByEjFuJyIJR2zGxFxDEsMfuQZgSXmzL2GUIbdONEfJt2C0B7npkJ8pNfTbg8487fIRi
/qHfOQxBJJUn0g90I9LwKVXoyAYB7RrDgCHW6GnEHzHExpAhNtlMWEyDvApi6GDGs5H+QrONOGm6JrHFxb1PIGmVvRWNOdIWRSSBPGiuR0FZN3gaokhLnXkd
L6J/VyhP+dghZgaWBnOELHnXIE7KESMc8HknmfI0ER+5dmBVEdLvHLc6WzEtn6ehXcAR9g+ahjDdOFcdGXEpQbvkOuRpOsM+/16mxr/7bnR2RJ7mRfdcHGFF
ZEsr7IzFIoIOlQj05jHZEMpXDrrRYTY3FOe9iwQpYD2YLfxJl2FP5KsxQ0EB5ckoRAQjT991q+YE8nREaMGAIQtId2CEPZXKx0NxJvyYLcjjLUK/yjYQ+VQU
Ih9vPXRk8ntxZEZaGxfbWQRxYHdKhPNM9rhxCjI5B9PJC/eH+FReesXm1zy7vNCCIYCZ42kPY4m7HFmYxo6DkE8tEVmwrjDV03MQpGttxUKapuRPXavEizYv
OwBgbYGQT8ciprjrka0pkwcAPXe8MOGOU9yFix8VJa3Sl1tUW36Jr/sEIpQ42r7yTpSNEfEN6Ldch+xEOf+6cFGdSrwB6AJumsrffC9/7a363E983LfzuSEM
rMUuns5jJbeO1LOZdLHxc8utD2Dg9VhPlnZWM3tscQJEoafqZcCLRpcBjlBzukLxcdxSu8oVQknEl5XbPRDSwIx73+Xc3ZIivYjIXFsh75RO2wtmsKz3fgBe
DBC3vP8fSEEsOwHJGLdS9ln94Yxu/pcy+lQKWBcNiybNJV9bjHDgVub0FQjpQWwgdd3igy9qAgdHSA+SiCxYvd/Ru4zMYd+tDinDfS2KyMaUn5PXVpQF0pzj
gHROetaO9bFo4GOfdc5bL8Lhwy2MPPb+N4IkpmgET75Evfzv2ZUXoyQNwaKnodguok6EjGgcgSxYSJT3XYt5QtJ+KW+gXYeQvsuctbslaxNDypakgyLCIlX6
ic+xdCpj1wWP3T1Y6LMJQ0wM8Rsxg21E+dC8dIuYlgjUJ+YnmiidYWOhv0EUZ+n59fV9w7guNmvOtFKgN2KkiCcOt8xZzS0sc0/b6lalqdnq9PF8VLWEGbMd
kJYhSDuiGi5PY023oWzpPFcqbIfQ28J2KJFM3yWXQGiQTWZV6q1HYq7y0B35dchWlJ+T11aUn5PXL1iLXXhxuYPyBSqkm9fNi0bzHezyWGNhEJrNeTGItKAI
sfXvgRAxzlTFXnYqb1eW9wI8gYy4Fki/0jpkBZ0NKFvtZpM+ABtPiD5D44zQ7xxnEUTCdcb1UDRYOCUiFCB6JoMkugKBm6Up97v5igM/V/vPv9zdN+x/mflM
BkQ6D+V4Tqp90Wh36AkVlOjceZh0DXlgbR1Cug9zOe6KNGUn5OMgpPtIRBaMnnckahI7ZpirSYdgKrzHqc7Azo1ZWyBEr6DIwqmKJ5DjUT40L6YdkRbvP0bs
w+faUUw6Iz3bxDoZRl0QJIAvQf8KAIi6gCxEJRA9fAApjmWvphouarr8gFNkZaKfAaHE5x2Ofaqm0IPbR0fS+dF5EV1m61yprYtPZRy77kZENnhZIlMsL3ra
ItLEbrIokTwcDca54Drhr1m+7pOvn0HcFRaKOy9fEnoAndz+uCLhmriMsy17zOto8pUPdZlcqDU1rLEOCqqITFPPVUV4kXGAQ3Ih+u+abWoXUnR2nPZwnp0i
g2Qwmcg25mMnOyU/tucmIvekSxn7EbguF8QfPeCDhdnadacuW1Y2NcymQCdppUZZ+n8E+YLXzZKFXX5zxM09+y4T9ltumIlYEwxmFUTvT2qb89N2Bekjnq3V
FsoPFMhQIC2u/LRMxJEorfoq1NV7aa2UjgkTYa3sczp2P6g6LyQ1dwZJWSJRr4pIO6gsjy+WJCO0BZ16mk2Qrej0QGXRtETtRLwWFmofWOV+Gwo/dx8AC2bU
jyhAC6qS/ghHTNq1woRLyS6e0dOxcvL7mHUB19xussQFqTBl3QBPmrV+wCxC7FCWtLUKnU5ayj5mSS4ZS1uP78Cni5yHoFtQKMoW9uH+k8u8QZbkymnNqGJK
o4rF/J0iZFXGfhMLw0IgRl+vV5VF0mhQH8V1w8Im7kXbuDvtS+eV8NrG8EKPpB/FKWlfd6fn5LWfA5Rt2kw6uRnEb63wb/lzM6n0CTxWBJL1h3VmMzMve2Qi
CU6EC6aWVYYK1V5poqHQfXTAHQp1W/gY0vUr1ass7vdndbkoo/eQyPM6VNwlXtV30uPijurBNJfL09ALTRa9IGOjmkt4XC5B+nbFZlsgQtg2w1kljTnqse5q
zHZxtKRf4ZAm32XOoTXuXZsfrUCZW9GdpB5r8no1jcx9sjGFkynAujCbd9lHac5G7KPEqLuoRtPzHPKQxFMSVWg4iUAG3Dm0QLbSr8acV6EBFtpUbWhgfrTC
CnyB6PipdpaGfTkrNfmioqmP34Opti3WJvNZpV6ypkt6XU0bkQNNF/s3rWrzyDGtA044qtZKCguZZFItsJQDkpFuZNU0uFkho4+blaaQUqhIM5tX02jVSlGz
3AIvI6jWSiJFGpGroJNW6yW5SzqyhLI8shZFGlytlw7CCi/ZYpKXaFRJRra7TCKWmpKK/HoySataqUKGbOLeXh9Hsge20dvbopK5VowjKUOkVKlr9WKTUX4b
OY6G1TlNJhEfq0gih5r4NvWhJudz2f9XjCM51kTvKtLIcSTT1MeaU61UMY5EGjkiijHSq3YDiRR0auOoGGtyjGjVehXjSI4Rp1ovHVXlQzGO5FgzqvJBtqpM
M6lWa8VYk8ORDySmvX2G3ThfZCv9TelvK/S3THwUqD91SMhqi49S098E4XlNXit9TulzSp9T+pzS55Q+p/S5g+hz+OHKQw83SLgL3wE0YLso1OuXeg6MeiHb
6RgGcXNcdtr8jKPBw9f8nxPy5Of/P//8Vew2m90EHcItgEa5JggNcr3ppnsy5wjt0nJD+jOe9GTt6K4zakLupUo9JJ7yXG5WvZuPh5CmODIvIhK2zkU9JFiE
eOPYdWceEiyRKXbDetoi0sTueKE/fon9LE38BccuEyUGrji+yN6yAimcY7olJ3Hp2XQchCi2EpEFoz7mZDXEhsPYPQhT4flF1Vj2Wa0tEGL5p8jQXY8cj/Kh
eRXeWK32rGeU/W++JCmIulkgQgzJ9/ss9lnQ6VIEieFYWLPlpklthgdcbjeletjlC9LmtDqx1Od8YxSxRYYeuEN2KIhqenRzyxHrDoeHU5BrsMVzT2vCKWyE
iABBO9Ihy7p1dMSK741vm/Xdg/DyB9X15ia1SESwC7kilmmmvG/QkNG05Q2dFxVP4IIPx5/AB3EKzn9++cCOBQl4DkZZTPB75tzBcRhnCQhgyPSLexg8XE7Q
5ORLEgMYUH9a48tHaUgymsI1QVmRllmRivgt0ilqLJYAA65n2rFYIjmSV1urlHAqN8lcXIk5I5YJBeWZ4N61q8sNyUvmmna5qWgqlmNu+0nXLqcWl2abXM1W
78k0tdZoDoVyjGdbILFY3Xj2euSVUH61tdiFF5MjX0GXnUa0iB+pRfxIXVS4eOXPIl3oeiClPqI8SA2JK2KieKpVg88siUejQtSoEDXbhqj5CvLe7KHz23zp
y0I99LKIOeW1R9lAK2I+EEiPxx4/rEJcgelxGlMcg2myRIIuiaQhHPzjLByjBcdn0fell/NXkHohiHrZiXilb9Tb0SL+jv+ybOp9bWs9IzvtP2qdnP6Yulo/
ChpenmU+UCda3uKJFsNwWYMbeMR6Lc0eiziI2yO1WzhWITU6thMz5NEesRLmiyq44Nz7NQZJhOcgZst2ddZ8HSJMBLT9CULbf2NkxE9p02+0Djke5UPzYst2
Gnm4PesuRDL4moEAPHzLwnx5wo2cKBqAEY7hiXySJiM/I1uR7ZD1Im84aY7LNoAb4AJ8Ih+z0umaV2nvvAED0KPRLXU9V4Z0egFTrgzlOtZMOG5nYhNlHULG
FtMcum5xS4rUJY6DLNzRIgtGhAodW/RCKTK2DsFUqFu0x8kLkzZGFq59Woccj/KhebGxRVp8kMXswzdTg1peM1/2Mx8kiVRWhlk0eLjNNQkQDYhF4JKNEZE2
QgEg14DzkWO0fcC7s8elpDkf8VFgWGGpP39HLs7/ChMcf1UnHNQJB3XC4bW12K9+1OE7nmA/e4xgqnRbpdtuwouFT+LRLWT4JAd2F2MlkY6VoC76hddM+pjv
AZvTJn5HYepfOD7XkJwKp4nG7cFCn/tvmLynIDm/8lUIL9zH8gV6e1w2W/43BsEbCAa9EA73iRiZC3E0F0PmPpF9q8Ccby/U9y2m0SeBz/eLmTSfGriQLLdz
cvsTWSh+veNbxx0InJl2GoVaJ8PMZsvS/h8mPhdgrmKHv/nY4fxSlr62/FKW/5s/zgMc98B7+9Rs0uGysPSpy3H93+Gntvq9iJf10YwXPvWPfOxjzEMX/UNe
IhmsFruYBu1pkl3fJtn1JTGDxM5X/vwbd1v1PRAgZefcx86ZCT+Vrfd5jreD9Jy8CjsnDVPL7JwsFo20c96BEMQ+uZ77fYilhTQQ6eHCyLyDOAtOfvz3a2lq
tvvB1C2aUvpVlhGeO4a9CPo4mLO1gxqZagdinx0IAuWLB2SUB+Q9QCOI8j5aDnSnd7P5Wg9vvdnmce2MrFnaYrgHJCJslL7Hi/9qI/y+iwKUoPd5RYElFlvN
6qUby5EKL4FkPMJW14G16wxszBHeCAVCnLzZ0qq3HllBp4bQc0nsyuqm8E3l5QHt2aNRDnh2D70Y5NpUzC84JFqUSbSo9phsu/USRDznOk0f8wolTsYUODPh
i1htqp2S1E1jmtHEJvFsJ4hNLs4liD0OGWJ2fQ5ZPZGItDBNRFw0KUJ20A6BHIry0egkVvvNlfl4dKwkcad558yfeef0UNjlvmrkeeRl0sJIvdR8fc7CTPdj
I/PLJqN77M/xyZ9glPfrP+8WHM7vcai2W17vdsucV8ImPvtvxGLpzcStFfHj4k7MX0na+A5j6myci1ZdK7lLMs21pSntVmm3K3lRL0mCUC9J0vK5ljsgalos
rqL+OwA9NMFJiv2iq9FvhOJH0XuA8GnlLuKrENLV2Efqljxh5Wc7DiK8ZUs/caWcdjXquEq62iGYim69kSngFzRx1LrYP0CenVV+3+omg91vMljq5v0P9EEK
YxR1s3jwrq8C/XVuft2I8qF5sT5GoLyPOUbZlvEPjOEERO//usXdEPLgGVDdyCgRpxUOxsJckgYgSpF7dvmIY5ic/7uh6Rd63pW0i/pVdHqnYRDlKyULA968
FKFPywDyaVenOASwBRcjtUnRqTGJviONJDCtLbhmNAttcgrQNt8IIF+AAeSjrAaOQvR5uGxM9PU10Bsu+vZcjCgicoA8F4LgA4zDrAfOL+/urUsWocD4g8gA
/Q/9D63ToPE23FGY05C+7A0ptZ/GiMc9w0ioriq2Ou8+2NH40rBkDRldrYoRA3ZDWrA3wVbTeykeb6duZsqxlgs5Zk71jbB98u6DPQdfVbeDY4W0vAIRiOfn
P6/vtZ+lc1i6DOeS528RXz6qORAJxFWJqmqx0TvTPHbP/0L0CVlDLKb5PLTR+4hOWHRmW/V+aHrHpr8xvVfSHm+tvNvRLw/mEXz4G8Y9yNdBnQY9RJl5CDON
aTiIQF1l+g+AMYYnpff8dbVMQOS4i5IBSgYoGfC6ZMAN6EFE4rmtGr2Z7YoZfbDnaGpjNVrVaFWjdbfReoez1Hv4BHE8QIBM2saFwSZt4SvfoOeSZfoURAGJ
WdrQzAuTGTOsZtvgCj6NdkizUx81hpHYpAwjwUlLmDwe3ZDubQ0Z6HRXjPKgWMGjwA7DYzXf4/EgOk+lbi0S5qK6lCuwZW1wEGwfHo7v05McDRocNEvSGAQI
nF1e3Z8Ub1fkwtU4BiXo+93P0tvdvBflPfEyn2MaunZ5TUxt+QyjE1ubRf6cmdTVwQ8yHvoO8/3Yls+3/c0p349tuYPNEerjuHWuHXmR6LtyH3UPOiRAq9x9
lW4kFCFBXJ9AZC6BPGeLLe4hb4/Ualp3eVh0xdmd8io69TTimx7MU2bBF+vIXjnPwGvB3+fN1mIXXmVp2IMBQD1Ylnhksj6/JOcV2v8ytcurZSJvDInIm6DT
tMlFHkGoyKMIGWYUIcNsU4QO4K1zvSwvKrwIQgceRchQpAgRZ08gMtfTyBJeko7kVavFEsr1XER8UISIj+2Rek1XIIeiXM9VT0NEHkFoRycIfdgDIYPqEHRe
Ca9Mew+12IVXSeR9iFHSBVFZ5P1fBmGUBOTgJFf0ntDp7GHL2l5FWWCOfRg9fEZBUOL/D4hcPEVRBN6/3BVjVI7jl5W7z9liSu4qufvryt2rLI5RWep+xl0Q
pyXgHiQhiBBYvdqmZz60OfPhpvdmLCwiJfImF+IbLP62oyzbZ6eF+BJElLBYcMDBYZD6UmY/yksW4uTeleOUWS62RJqC16+yrFQL8T0W4h9BnCuAZTMkjsvL
cKL5lZJfZ25Agw855OoEh1ydgLvkrsWuE5/GJpcABDJGERnDCxDMMIcczCArdKccIkcFCMTO55h8HFGEjqMy0tYSHP3eIs+lwn37/KVUkW847j18xlNIz4aZ
9HRYXiERcaMi4Nm5MS8dunRCabkInU7m/D4lhniYIvSGo60QJtGGTYrk1cu4HOxyZDp9EpG5BGJOHpuc8mBzxDLjXXLFJufuubsgtZrm3y/jkrFbTbMf5VV0
6mnmk6ZQGzI+Qlp7IZl2GDqvhFf6+B5qsRMvs9v3RSSVQpSgqAdzFfEoq/RNNL5SWW5g0MVZvGBH+Bu5KY7XKbBvf7voQLxWbRfVtzq20VIPVYuNtl7UdpHS
Un8RLfUW5kppSeD9hEl6fvmzCG2FuoAdu6VjiV6fQfXPRYjqnxQi+ie94Zbqn/KwvYzOIc/0yigfZeS3q+t7cdnGZZikMO6BUAAf4ixJYJCI92/ZDIZEZA/O
82wN/apwG5NH58wOPXDTjnu4uP1VenDJ21+lD9YiItPIXPU0WyHCv2tfOq+El2gf+h3lUaeNkRH3LqLCax1yPMrPyWsryq+2xd5HLXbh9duVhwJ4dg2IbPpC
d5hOboGL+sjlIPFxa14083/ti9Obdq4iNs8MgymL5KnToJF4caqdNmiQH534X7HgQMR3i8UL6tUx6sXFQgYBgZGrgBlGruF6Ol2BreaxKd8debBT9wRjx+5X
YpQeO4wPNsLYEUEZgHBHHjT+HqNHjv5X021fj63rRu82ZhjtG5W8EmPHKRfLvE/7LcWet26SXtH2Rd3YkUMam8wZcawVizZgx8Uo5oq8zLeRYlZYw4aaSEdP
p1PM6YONsBKP2K6Vb2OMHrukGD2KWUk3Mg7BYzVW8Bj23ghfy57Ts0AkEsf19f3629iY+sfuTBuUtCMZtEJqNYuITCNz1dNshSzonHvQeSW8RPv8ejduqZvW
ftGb1q5RDMX682PWJXcAfCGWwU8393LRKY8u0bWnT0L6cJOWIUxaO7xvfJRjQ3oxj8Sy61GVnY+6bHhU5WD0+Tsxh6mjVepo1Ss9WnWdume5EPldl0egyWpT
oloO69qFrnUacRknyfU8eZ6eGPYkbhDcuNDz5ebMLXCjfFZLoqY8l+WU0loEtS4selpLovY5XdnaHaZ+cbTJV710cSvRFkFbF60OWQxK1CGoc+F0GsTgJ9A2
QdsX7U6DBPHjaEMnO+JkV7lTao0GaY1SVNIC1xeufShwg+BGjhudUms0dJPgZo6bHV2zSj9Y5Acr/8Hq6EZRzwYhlLdfw+iU2q9h0mDnFw2zU2q/hlWODCdR
uxyNUKLN8l13Em2V40pL1JGXh5far9EuR9Kk6F9X9yf07/0V+xuhCYwTENC3/2VBdkKSkJ+Lnwh8nkNaJyfC7bBRD8cxWGdjteJshJVNU9k0lU3zrdk0xUAn
m0C+9yZCWj4RrnJhVU8QeonGIWJbimCZtNHoWeTY2gIZ8YWEvDtjFXI8yofmxcKjEojeYUUTpbOhuBREdKzUg1Gy3k6jR57GPlJLFyswp+tWrA7EGEORvs+R
ZCrsNB6fgTLAEX/MkRHidIbyBnqIlS1H2XKULeeXteVwtwIY9EGSCqvOpwzGUQLn4v1LEsAH3H+4AZGA/sx15SLBN5xPddHJpw/5fw1iHzonxqAPy0LYKHuQ
sgcpe5CyB21iD5LCaRCDnrQ5fxtm3WAIIiCAW9wb4Bi5ErgDMRjCCZbvPh4NZf7/gUEMu2vX8nZTx8qHSa331Xr/Ha/3P8QgRUkAJoUwicEgg2u9KadOGytP
SSVl1PhUUma9lMlcD8TErXy9n85s7jKbDD3mV/HBEbadsGYRegN2G2svWxNxbLT9BSOmQIh3nIzHz9a5ACu7jbLbvH+7TdYDIyJX1qgrZotcCXwQ5aTrKuVE
KSdKOXlHykmCogGUlt2/QS97lLaSLEaut1a80CsF1EpHCRMlTH5tYXLloVyagEzIj3sUg2SEg9rCpyRB6GIHJV3ubkC8J5h+z+95XYUQDwvmpFBeEe15beca
RAehy10A+u6T6xYLr123bIIsWdu01Z60Wtu8/7XNJ9SNQZCCeK32Qe+EVbqG0jWUrvEr6RqfYZDrGj4SusYNiBH0QBitt7LmCxZrA9tjGyvPN6VlKC3jHWsZ
X0GAIhQRBxMmNl7xckQyVfLhVcgH5vld7kwITsRs9HWO5PNfj94Ax7hXeCCN8tdHbw5XT1VvbWVsahnjBfXIPVYP5FGsVA9UM9SvMUOhGE/Ob+6+Nkx1GEkd
RtrwMJLoPd/y6QNHJ7c4TrMBCFbcLUvd2syZu/xSVh1vdGmrvJS26R72Utk2fr4rpve0xiiPeuVR/7o96m9AL0a9dXZV3W1jETHU48MvFT5pEoGwtHfxRJrM
dFWcUWXnVRZSZefdwc57Q3aB1h7XCUMmY2jseUPEO7dFBHRDRKNfQOzAqoyzJsBcH/e5HGpiU+y8yuOBcg26H2LMuHztAa4uZbryo1EyT8m8X17moSjxyyGV
3oId0DMGTxqplQH6CLwc2PXg763yev8G519eHny9BTFK1ur5866cBcWyXWrs6q4ANZ+pmUDVYt/5DCcunp78bNz9xU3Zb21va9GUvTDL0dtdCGLYY/cgTJVx
eyPj9g80AG91B/XlN/Prjk5baSH9OFEbp2rj9PVunP7AISwiwkQPxD8wwsUxpxS5IDqOXalANskl02yVSyK1NEu0d6WHKz1cabBKD78DIYjBOwluK1Uo8hBx
JdGaJ/ggpSCs2PU7gjJp1I2REVdj6edahxyP8u68mA5u40Ud3IHdamhbEm0txZNX16k29jJSTkovFTE5ikXE5NCudSsU9mH+hIO3ZTFwIi57h1G6ecQb3YjF
iO0/WcJ0ylvL80Qj2yrQzZaUDZe3oYPLtoQ73Edgg/hMU8fUij7FYm9zr2e7H1QROOSaOPl0DAlefXym/U4sq/hMavGuTBA8/AEIAhRFykZ53P3e2pEQ8ali
R1PiQNXi1YgDFIMIrve7FZEfrWjMPcWQV/Ud80dVRMRgoncOM8817k1m+XA9IumApynXPdcsTqfQhogkUrZCZStUtsI3biv8K5iDCE+YH9p7MheqPfvXdjvW
3whGEdgmiqmYdsKe2thSk5WarH71yepvFEQoS9RK+ygrba7/P/GB6b2FhphQ1cJa1eK5F9Z/42CAaQyf1xUnQW1Bvnq1VG/bXC/FMFvwLv0J4gRMT25xAKK1
h6WNduxq7+HIRBsrjVZptKoWL6fR/ge4KY7n5/9uaNqF1tF++3x3f3ILXNRH7tlnHOEgCzIJ/Im9KElxdPLX3dlnMAUInefpda3TiHNaX6IeAtHZlQcGOCF2
nOZFo9khE5VjGxN8OsBap9fUZ+N8PZ4/i/RfYTzIYACjEw7cgKCHJpCSsC8aNiURdK2UHD/Ln3+T6bIYpUQRX7AZPT7abCq2HudsWnO00GYzptyRb2sJgtwu
8HUKhiCAKJL1lEhOWTcuGrrRaczINdlwkGin5Kk3xTrJnz//dnN9f35DJPbNKoktTNbqkJuS2ErWqVrsKrG//69x9fmyENK5uE09EFJJZdlEVv3LsvMXM385
vWlTIUSg0xvrD50IpPy589jPlVGEJu6pbrS4gZpg1OOfQpaZcIi4/LNUxOf/eNDr4ki/CUtFbq6mUNvfCrKbmEN6siN0ZI7PX6ECynhD06ntUFDoHJX8C3Kk
LfeeKrQzR3MIyI4Oef5NCMHLESIHDXQzl39mp5HlAtONW6F7ShTTjp3q2ikFKRWKGY8BEX65TmhkEJ/qmiVLMuVsGcb4Hhfbh2/bbdLmyF9kc3zA2QCgaIKC
AJJm0fNm0Tuk2tC089qSpmi1HiHRxPNnme+6D9JSBpJMdxKu8ppaLhAIZMznOqYQdbvMhCPmIpKJNMT4sYisyLUbIiibmCNOv8cQIzUYkle8B6vVjXow7mbx
vFD8QZQvb0o9iVLVpxbvP1Y8zVzW8D2vO6k1/H+AD3AfV7piz4Zjnsuxx2Y9FxqiYqVBWLZ1LeI56Pk8uvhIxDen0zUrGRHSi8mookAhOr3RnBbmkJFaDHL6
bg0ivuQMCoDLoGzGh4bR83mqTHCUUNuQ5O1kKwgMOKTPNQaBQBRiwotld0djg6+0ZINlEehnKZLf7QYMsxjL13sQ56tT+foT+LD0EgQoWWxusbgs8/gEAjBi
K9lGvpJtdhrU5Kr1/FyqkKWsYU/yTkZRwwo5CI24TUpLXkqkwi6CMSHUvmh3GiOtYEleioQZ6IHABREIZHlv8zX3CKLSewRGlUEqiJU7d04rlJnuABqR86fe
Xb5M1agkMIdcEFhm3jkJ0rJGFWQ0ChhCHRco0utxZDTusVx+O6IIvUOYImAK6ZMsy1dEFuohSGk3z5fqutVppCEmQ0tPmEAmQ2vKpFs+tKZjKuKnJRo4iUGp
3qxPTV0mk1zH8aotcAPicQYTQL9g29Qu2v8ytU5jDEutn78U6VFvCgpZcJt//AfyT6kVQwyI7YM+nN/d3eflaJRZfgdZnBV9azIn0wt2mrQno8EgcCq97DvK
8jrl9bngpIqiLdDFcR8Hvqw95UBtDDqxNXDNnvLTUddqns7HXJclkDsKeDPpbdvPuPB0NC5OueDYESEz0SHorEAy7ViU9+NldgdVqfEdZyEEi6PT8Lp8fjJC
Phc6oUAixOcwvzXT+JRl8T6dTJNqn77NpRLpYLkgabQ7ZUFSliO3KHUBiiPS8Z0Lp9OIwpznxAmbp4288B23P22RnkheZKYfIMb55DcApD9qF8Sqlzbz4sQz
G9GBks87kGtU+YIp49jksbkJZplxc9e8+2CH4Qsx6vmkwcpS7R54iEg00VokoRy9CwlJq6ZglBV6AZ3i2l2US1Om0BkOn/fYZE0VUzINM60hsnEVs0LilctA
MqFSsOlPumOhXvy8vl8RglsYJcuRtBcsdptE3j5mZOxXSF9F3FYRt1/v9/t/LLD4EA==
"""
