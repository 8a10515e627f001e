"""Plans tasks with dependencies, people and working hours."""

from __future__ import annotations

import heapq
from datetime import date as Date
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

MAX_TASKS = 500
MAX_MINUTES = 60 * 100_000
MAX_DAYS = 366 * 60
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

if TYPE_CHECKING:  # only described, never made: building a TypedDict takes longer than a call
    from typing import Literal, NotRequired, TypedDict

    class Task(TypedDict):
        """One task to plan.

        Attributes:
            name: its unique name
            hours: working time it takes; 0 makes it a milestone
            after: names of the tasks that must be finished before
            who: who does it; one person does one task at a time. Without it, anyone free does it
            earliest: not before this date or time, such as 2026-12-01 or 2026-12-01T13:00
            deadline: to be finished by the end of this date, or by this time
            priority: the higher goes first where two tasks compete; otherwise 0
        """

        name: str
        hours: float
        after: NotRequired[list[str]]
        who: NotRequired[str]
        earliest: NotRequired[str]
        deadline: NotRequired[str]
        priority: NotRequired[int]

    class Planned(TypedDict):
        """When a task is done.

        Attributes:
            name: the task
            who: who does it: the person named, or `worker 1` and so on
            start: local date and time of its start
            end: of its end
            hours: working time
            slack_hours: working time it could end later without moving the end of the plan, as far as
                dependencies go
            critical: whether that is none
            late: whether it misses its deadline
        """

        name: str
        who: str
        start: str
        end: str
        hours: float
        slack_hours: float
        critical: bool
        late: bool

    class Result(TypedDict):
        """The plan.

        Attributes:
            start: when the first task starts
            end: when the last one ends
            total_hours: working time of all tasks
            working_days: working days from start to end, both counted
            tasks: the tasks in the order they start
            critical_path: the longest chain of dependencies, in order
            late: names of tasks that miss their deadline
        """

        start: str
        end: str
        total_hours: float
        working_days: int
        tasks: list[Planned]
        critical_path: list[str]
        late: list[str]


class Calendar:
    """Counts working minutes from the first day: minute n of the plan is a time of day."""

    def __init__(self, first, windows, days, holidays):
        self.windows, self.days, self.holidays = windows, days, holidays
        self.minutes_a_day = sum(end - start for start, end in windows)
        self.dates, self.next_date = [], first
        self.limit = first + timedelta(days=MAX_DAYS) if first.year < 9900 else Date.max

    def day(self, index):
        while len(self.dates) <= index:
            if self.next_date >= self.limit:
                raise ValueError("the plan does not end within 60 years; check hours, days and holidays")
            if DAYS[self.next_date.weekday()] in self.days and self.next_date not in self.holidays:
                self.dates.append(self.next_date)
            self.next_date += timedelta(days=1)
        return self.dates[index]

    def time(self, minute, ending):
        """The time of day of a minute; an ending one stays on the day before rather than the next."""
        day, rest = divmod(minute, self.minutes_a_day)
        if ending and rest == 0 and minute > 0:
            day, rest = day - 1, self.minutes_a_day
        for start, end in self.windows:
            length = end - start
            if rest < length or (ending and rest == length):
                at = start + rest
                return datetime.combine(self.day(day), time()) + timedelta(minutes=at)
            rest -= length
        raise AssertionError("a minute of the day lies in a window")

    def minute(self, moment):
        """The first working minute at or after a moment."""
        index = 0
        while self.day(index) < moment.date():
            index += 1
        done = index * self.minutes_a_day
        if self.day(index) > moment.date():
            return done
        now = moment.hour * 60 + moment.minute
        return done + sum(max(0, min(end, now) - start) for start, end in self.windows)


def _moment(text, what, end_of_day=False):
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{what} `{text[:40]}` is no date; write 2026-12-01 or 2026-12-01T13:00") from None
    if moment.tzinfo is not None:
        raise ValueError(f"{what} `{text[:40]}` has a time zone; all times of a plan are local, so leave it out")
    if end_of_day and len(text.strip()) == 10:
        return moment + timedelta(days=1)
    return moment


def _windows(texts):
    windows = []
    for text in texts:
        try:
            start, end = (time.fromisoformat(part.strip()) if part.strip() != "24:00" else None for part in text.split("-"))
            low = start.hour * 60 + start.minute
            high = 1440 if end is None else end.hour * 60 + end.minute
        except (ValueError, AttributeError):
            raise ValueError(f"`{text}` is no working time; write 09:00-17:00") from None
        if low >= high or (windows and low < windows[-1][1]):
            raise ValueError(f"working time `{text}` ends before it starts, or overlaps the one before it")
        windows.append((low, high))
    if not windows:
        raise ValueError("give at least one working time, such as 09:00-17:00")
    return windows


def _check(tasks):
    if not 1 <= len(tasks) <= MAX_TASKS:
        raise ValueError(f"give 1 to {MAX_TASKS} tasks; there are {len(tasks)}")
    by_name = {}
    for task in tasks:
        name = task["name"].strip()
        if not name or name in by_name:
            raise ValueError(f"task names must be unique and not empty: `{name}`")
        minutes = round(task["hours"] * 60) if 0 <= task["hours"] <= MAX_MINUTES / 60 else -1
        if minutes < 0:
            raise ValueError(f"task `{name}`: hours must be from 0 to {MAX_MINUTES // 60}")
        by_name[name] = {**task, "name": name, "minutes": minutes, "after": [a.strip() for a in task.get("after") or []]}
    if sum(task["minutes"] for task in by_name.values()) > MAX_MINUTES:
        raise ValueError(f"all tasks together may take {MAX_MINUTES // 60} hours")
    for task in by_name.values():
        for other in task["after"]:
            if other not in by_name:
                raise ValueError(f"task `{task['name']}` comes after `{other}`, which is no task")
    return by_name


def _ordered(tasks):
    """The names in an order that keeps dependencies; a circle is named."""
    left = {name: set(task["after"]) for name, task in tasks.items()}
    order = []
    while left:
        free = [name for name, needs in left.items() if not needs]
        if not free:
            circle, name = [], next(iter(left))
            while name not in circle:
                circle.append(name)
                name = sorted(left[name])[0]
            circle = circle[circle.index(name):] + [name]
            raise ValueError(f"these tasks wait for each other: {' after '.join(circle)}; remove one dependency")
        for name in free:
            del left[name]
        order.extend(free)
        for needs in left.values():
            needs.difference_update(free)
    return order


def _slack(tasks, order):
    """Working minutes each task can slip by dependencies alone, and the longest chain."""
    end, before = {}, {}
    for name in order:
        task = tasks[name]
        last = max(task["after"], key=lambda other: end[other], default=None)
        begin = max(task["from"], end[last] if last else 0)
        before[name] = last if last and end[last] >= task["from"] else None
        end[name] = begin + task["minutes"]
    finish = max(end.values())
    latest = dict.fromkeys(order, finish)
    for name in reversed(order):
        for other in tasks[name]["after"]:
            latest[other] = min(latest[other], latest[name] - tasks[name]["minutes"])
    chain, name = [], max(order, key=lambda n: (end[n], order.index(n)))
    while name is not None:
        chain.append(name)
        name = before[name]
    return {name: latest[name] - end[name] for name in order}, latest, chain[::-1]


def _schedule(tasks, latest, workers):
    """Serves tasks as they become ready: priority first, then what has to end soonest."""
    waiting = {name: len(set(task["after"])) for name, task in tasks.items()}
    followers = {name: [] for name in tasks}
    for name, task in tasks.items():
        for other in set(task["after"]):
            followers[other].append(name)
    ready, events, done = [], [], {}
    busy, free = set(), [f"worker {n}" for n in range(workers, 0, -1)]
    rank = {name: (-tasks[name].get("priority", 0), latest[name], i) for i, name in enumerate(tasks)}
    for name, count in waiting.items():
        if count == 0:
            heapq.heappush(events, (tasks[name]["from"], 1, rank[name], name))
    while events:
        now = events[0][0]
        while events and events[0][0] == now:
            _, kind, _, name = heapq.heappop(events)
            if kind == 1:
                ready.append(name)
                continue
            who = done[name][2]
            (busy.discard(who) if tasks[name].get("who") else free.append(who))
            for follower in followers[name]:
                waiting[follower] -= 1
                if waiting[follower] == 0:
                    at = max(now, tasks[follower]["from"])
                    heapq.heappush(events, (at, 1, rank[follower], follower))
        ready.sort(key=rank.__getitem__)
        for name in list(ready):
            who = tasks[name].get("who")
            if (who in busy) if who else not free:
                continue
            ready.remove(name)
            if who:
                busy.add(who)
            else:
                free.sort(key=lambda w: -int(w.split()[1]))
                who = free.pop()
            done[name] = (now, now + tasks[name]["minutes"], who)
            heapq.heappush(events, (now + tasks[name]["minutes"], 0, rank[name], name))
    return done


def schedule_planner(
    tasks: list[Task],
    start: str,
    working_hours: list[str] | None = None,
    work_days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] | None = None,
    holidays: list[str] | None = None,
    workers: int = 1,
) -> Result:
    """Plans when tasks are done: dependencies, people, working hours, holidays and deadlines.

    A task begins as soon as the tasks it comes after are finished and somebody is free; where tasks
    compete, the higher priority goes first, then the one whose chain of followers is longest. Times
    are local. Tasks are not interrupted except by the end of working hours.

    Args:
        tasks: what to do, up to 500 tasks
        start: when the plan begins, such as 2026-12-01 or 2026-12-01T13:00
        working_hours: working times of a day in order; left out: 09:00-17:00
        work_days: days on which work is done; left out: mon to fri
        holidays: dates without work, such as 2026-12-25
        workers: how many can work on tasks without `who` at the same time, 1 to 100

    Returns:
        Start and end of each task and of the whole, the critical path and missed deadlines.

    Examples:
        schedule_planner([{"name": "design", "hours": 10}, {"name": "build", "hours": 16, "after": ["design"],
        "deadline": "2026-12-04"}], start="2026-12-01")
    """
    if not 1 <= workers <= 100:
        raise ValueError("workers must be from 1 to 100")
    if len(holidays or []) > 1_000 or len(working_hours or []) > 24:
        raise ValueError("at most 1000 holidays and 24 working times a day can be given")
    by_name = _check(tasks)
    days = set(work_days or DAYS[:5])
    begin = _moment(start, "start")
    free_days = {_moment(text, "holiday").date() for text in holidays or []}
    calendar = Calendar(begin.date(), _windows(working_hours or ["09:00-17:00"]), days, free_days)
    first = calendar.minute(begin)
    for task in by_name.values():
        earliest = task.get("earliest")
        task["from"] = max(first, calendar.minute(_moment(earliest, "earliest")) if earliest else 0)
    order = _ordered(by_name)
    slack, latest, chain = _slack(by_name, order)
    done = _schedule(by_name, latest, workers)
    planned = [_planned(by_name[name], done[name], slack[name], calendar) for name in by_name]
    planned.sort(key=lambda task: (task["start"], task["end"]))
    ends = max(end for _, end, _ in done.values())
    starts = min(begin for begin, _, _ in done.values())
    last_day = (ends - 1 if ends > starts else ends) // calendar.minutes_a_day
    return {
        "start": calendar.time(starts, False).isoformat(timespec="minutes"),
        "end": calendar.time(ends, ends > starts).isoformat(timespec="minutes"),
        "total_hours": round(sum(task["minutes"] for task in by_name.values()) / 60, 4),
        "working_days": last_day - starts // calendar.minutes_a_day + 1,
        "tasks": planned,
        "critical_path": chain,
        "late": [task["name"] for task in planned if task["late"]],
    }


def _planned(task, times, slack, calendar):
    begin, end, who = times
    milestone = begin == end
    finish = calendar.time(end, not milestone or end > task["from"])
    deadline = task.get("deadline")
    return {
        "name": task["name"],
        "who": who,
        "start": (finish if milestone else calendar.time(begin, False)).isoformat(timespec="minutes"),
        "end": finish.isoformat(timespec="minutes"),
        "hours": round(task["minutes"] / 60, 4),
        "slack_hours": round(slack / 60, 4),
        "critical": slack == 0,
        "late": bool(deadline) and finish > _moment(deadline, "deadline", end_of_day=True),
    }
