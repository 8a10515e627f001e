from date_math import ZONE_VERSION, _zone, _zone_names, date_math


def show(*given, **more):
    return date_math(*given, **more)["result"]["iso"]


def error(*given, **more):
    try:
        date_math(*given, **more)
    except ValueError as problem:
        return str(problem)
    raise AssertionError("was not refused")


def test_a_moment_is_described():
    answer = date_math("show", "2026-03-29T12:00", zone="Europe/Berlin")
    assert answer["result"] == {
        "iso": "2026-03-29T12:00:00+02:00", "date": "2026-03-29", "time": "12:00:00",
        "weekday": "Sunday", "zone": "Europe/Berlin", "utc_offset": "+02:00",
        "iso_week": "2026-W13", "day_of_year": 88, "unix": 1774778400}
    assert answer["converted"] is None and answer["note"] == ""


def test_zones_are_converted():
    answer = date_math("show", "2026-07-01T09:00", zone="Europe/Berlin", to_zone="America/New_York")
    assert answer["converted"]["iso"] == "2026-07-01T03:00:00-04:00"
    answer = date_math("show", "2026-01-01T00:00Z", zone="Asia/Kolkata", to_zone="-03:30")
    assert answer["result"]["iso"] == "2026-01-01T05:30:00+05:30"
    assert answer["converted"]["iso"] == "2025-12-31T20:30:00-03:30"


def test_rules_hold_in_the_past_and_far_in_the_future():
    assert show("show", "1985-07-01", zone="Europe/London") == "1985-07-01T00:00:00+01:00"
    assert show("show", "2150-07-01", zone="Europe/Berlin") == "2150-07-01T00:00:00+02:00"
    assert show("show", "2150-01-01", zone="Australia/Sydney") == "2150-01-01T00:00:00+11:00"
    assert show("show", "2150-07-01", zone="Australia/Sydney") == "2150-07-01T00:00:00+10:00"
    assert show("show", "2100-07-01", zone="Europe/Dublin") == "2100-07-01T00:00:00+01:00"
    assert show("show", "2100-01-01", zone="Europe/Dublin") == "2100-01-01T00:00:00+00:00"
    assert show("show", "2011-12-31", zone="Pacific/Apia") == "2011-12-31T00:00:00+14:00"
    assert show("show", "2050-06-01", zone="Asia/Tokyo") == "2050-06-01T00:00:00+09:00"


def test_every_zone_of_the_table_can_be_read():
    names = _zone_names()
    assert len(names) > 550 and ZONE_VERSION >= "2025"
    for name in names[::7]:
        zone = _zone(name.lower())
        assert zone.name == name
        for unix in (0, 946_684_800, 1_800_000_000, 4_000_000_000, 4_015_000_000):
            assert abs(zone.offset(unix)) <= 14 * 3600


def test_clock_changes():
    skipped = date_math("show", "2026-03-29T02:30", zone="Europe/Berlin")
    assert skipped["result"]["iso"] == "2026-03-29T03:30:00+02:00" and "skip" in skipped["note"]
    twice = date_math("show", "2026-10-25T02:30", zone="Europe/Berlin")
    assert twice["result"]["iso"] == "2026-10-25T02:30:00+02:00" and "twice" in twice["note"]
    assert show("add", "2026-03-28T12:00", zone="Europe/Berlin", days=1) == "2026-03-29T12:00:00+02:00"
    assert show("add", "2026-03-28T12:00", zone="Europe/Berlin", hours=24) == "2026-03-29T13:00:00+02:00"


def test_adding_stays_in_the_month():
    assert show("add", "2026-01-31", months=1) == "2026-02-28T00:00:00+00:00"
    assert show("add", "2024-02-29", years=1) == "2025-02-28T00:00:00+00:00"
    assert show("add", "2026-01-01", months=-13, weeks=1, minutes=-1) == "2024-12-07T23:59:00+00:00"
    assert show("add", "2026-12-15", months=1) == "2027-01-15T00:00:00+00:00"


def test_business_days():
    assert show("add", "2026-12-23", business_days=3, holidays=["2026-12-25"]) == "2026-12-29T00:00:00+00:00"
    assert show("add", "2026-11-23", business_days=-1) == "2026-11-20T00:00:00+00:00"
    week = date_math("difference", "2026-11-20", other="2026-11-30", holidays=["2026-11-26"])
    assert week["difference"]["business_days"] == 5
    back = date_math("difference", "2026-11-30", other="2026-11-20")["difference"]
    assert back["business_days"] == -6 and back["total_days"] == -10


def test_differences():
    way = date_math("difference", "2024-02-29", other="2026-03-31T10:20:30")["difference"]
    assert (way["years"], way["months"], way["days"]) == (2, 1, 2)
    assert (way["hours"], way["minutes"], way["seconds"]) == (10, 20, 30)
    assert way["total_days"] == 761
    change = date_math("difference", "2026-03-29", other="2026-03-30", zone="Europe/Berlin")["difference"]
    assert change["total_seconds"] == 23 * 3600 and change["total_days"] == 1


def test_next_weekday():
    assert show("next", "2026-11-22", weekday="sunday") == "2026-11-29T00:00:00+00:00"
    assert show("next", "2026-11-22", weekday="monday") == "2026-11-23T00:00:00+00:00"


def test_now_is_a_moment_and_tomorrow_a_midnight():
    assert date_math("show")["result"]["unix"] > 1_700_000_000
    assert date_math("show", "tomorrow", zone="Asia/Tokyo")["result"]["time"] == "00:00:00"


def test_zone_names_are_found():
    assert "America/New_York" in date_math("zones", search="new york")["zones"]
    assert "did you mean Europe/Berlin" in error("show", zone="Berlin")
    assert "operation `zones`" in error("show", zone="qqqqqq")


def test_what_is_wrong_is_said():
    assert "is no date" in error("show", "29.3.2026")
    assert "years 1 to 9999" in error("add", "2026-01-01", years=9000)
    assert "years 1 to 9999" in error("add", "2026-01-01", days=10_000_000)
    assert "larger than" in error("add", "2026-01-01", seconds=10**12)
    assert "as `other`" in error("difference", "2026-01-01")
    assert "as `weekday`" in error("next", "2026-01-01")
    assert "holiday is no date" in error("show", "2026-01-01", holidays=["soon"])
    assert "at most 100000" in error("add", "2026-01-01", business_days=10**6)
    assert "14 hours" in error("show", zone="+15:00")
