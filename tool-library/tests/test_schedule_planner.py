import random

from schedule_planner import schedule_planner


def plan(tasks, **more):
    more.setdefault("start", "2026-12-01")
    answer = schedule_planner(tasks, **more)
    return answer, {task["name"]: task for task in answer["tasks"]}


def task(name, hours, *after, **more):
    return {"name": name, "hours": hours, "after": list(after), **more}


def error(tasks, **more):
    try:
        plan(tasks, **more)
    except ValueError as problem:
        return str(problem)
    raise AssertionError("was not refused")


def test_one_after_the_other():
    answer, by_name = plan([task("build", 16, "design"), task("design", 10)])
    assert by_name["design"]["start"] == "2026-12-01T09:00" and by_name["design"]["end"] == "2026-12-02T11:00"
    assert by_name["build"]["start"] == "2026-12-02T11:00" and by_name["build"]["end"] == "2026-12-04T11:00"
    assert answer["critical_path"] == ["design", "build"] and answer["total_hours"] == 26
    assert answer["working_days"] == 4 and answer["end"] == "2026-12-04T11:00"
    assert [t["name"] for t in answer["tasks"]] == ["design", "build"]


def test_an_end_stays_on_its_day():
    answer, by_name = plan([task("a", 8), task("b", 1, "a")])
    assert by_name["a"]["end"] == "2026-12-01T17:00" and by_name["b"]["start"] == "2026-12-02T09:00"


def test_weekends_holidays_and_breaks_are_left_out():
    answer, by_name = plan(
        [task("a", 10)], start="2026-12-04T10:00", working_hours=["09:00-12:00", "13:00-15:00"], holidays=["2026-12-07"])
    assert by_name["a"]["start"] == "2026-12-04T10:00" and by_name["a"]["end"] == "2026-12-09T10:00"
    answer, by_name = plan([task("a", 4)], start="2026-12-05", work_days=["sun"], working_hours=["20:00-24:00"])
    assert by_name["a"]["start"] == "2026-12-06T20:00" and by_name["a"]["end"] == "2026-12-07T00:00"


def test_people_do_one_thing_at_a_time():
    _, by_name = plan([task("a", 2, who="Ann"), task("b", 2, who="Bob"), task("c", 2, who="Ann")])
    assert by_name["a"]["start"] == by_name["b"]["start"] == "2026-12-01T09:00"
    assert by_name["c"]["start"] == "2026-12-01T11:00" and by_name["c"]["who"] == "Ann"


def test_workers_share_what_names_nobody():
    answer, by_name = plan([task(n, 2) for n in "abc"], workers=2)
    assert answer["end"] == "2026-12-01T13:00"
    assert {t["who"] for t in answer["tasks"]} == {"worker 1", "worker 2"}


def test_priority_goes_first_then_the_long_chain():
    _, by_name = plan([task("a", 1), task("b", 1, priority=5)])
    assert by_name["b"]["start"] < by_name["a"]["start"]
    _, by_name = plan([task("short", 1), task("long", 1), task("next", 8, "long")])
    assert by_name["long"]["start"] < by_name["short"]["start"]


def test_slack_and_critical_path():
    answer, by_name = plan([task("a", 8), task("b", 2), task("end", 0, "a", "b")], workers=2)
    assert by_name["a"]["critical"] and not by_name["b"]["critical"] and by_name["b"]["slack_hours"] == 6
    assert answer["critical_path"] == ["a", "end"]
    assert by_name["end"]["start"] == by_name["end"]["end"] == "2026-12-01T17:00"


def test_deadlines_and_earliest_times():
    answer, by_name = plan([
        task("a", 8, deadline="2026-12-01"), task("b", 8, "a", deadline="2026-12-02T16:00"),
        task("c", 1, "b", earliest="2026-12-07T10:30")])
    assert answer["late"] == ["b"] and not by_name["a"]["late"]
    assert by_name["c"]["start"] == "2026-12-07T10:30"


def test_plans_keep_every_rule():
    source = random.Random(3)
    for _ in range(40):
        count = source.randrange(1, 25)
        tasks = [
            task(f"t{i}", source.randrange(0, 20) / 2, *{f"t{source.randrange(i)}" for _ in range(source.randrange(3)) if i},
                 **({"who": source.choice("AB")} if source.random() < 0.5 else {}))
            for i in range(count)]
        answer, by_name = plan(tasks, workers=source.randrange(1, 4))
        assert len(by_name) == count
        for one in tasks:
            for other in one["after"]:
                assert by_name[other]["end"] <= by_name[one["name"]]["start"] or one["hours"] == 0 or (
                    by_name[other]["hours"] == 0)
        for who in {t["who"] for t in answer["tasks"]}:
            own = sorted((t["start"], t["end"]) for t in answer["tasks"] if t["who"] == who and t["hours"])
            assert all(left[1] <= right[0] for left, right in zip(own, own[1:]))


def test_what_is_wrong_is_said():
    assert "a after b after a" in error([task("a", 1, "b"), task("b", 1, "a")])
    assert "which is no task" in error([task("a", 1, "x")])
    assert "unique" in error([task("a", 1), task("a", 1)])
    assert "hours must be" in error([task("a", -1)]) and "hours must be" in error([task("a", float("nan"))])
    assert "is no date" in error([task("a", 1)], start="soon")
    assert "time zone" in error([task("a", 1)], start="2026-01-01T00:00Z")
    assert "no working time" in error([task("a", 1)], working_hours=["9 to 5"])
    assert "overlaps" in error([task("a", 1)], working_hours=["09:00-12:00", "11:00-13:00"])
    assert "1 to 500" in error([]) and "workers must" in error([task("a", 1)], workers=0)
    assert "60 years" in error([task("a", 90_000)], working_hours=["09:00-09:01"])
