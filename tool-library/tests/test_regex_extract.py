from regex_extract import regex_extract


def texts(*given, **more):
    return [match["text"] for match in regex_extract(*given, **more)["matches"]]


def error(*given, **more):
    try:
        regex_extract(*given, **more)
    except ValueError as problem:
        return str(problem)
    raise AssertionError("was not refused")


def test_matches_have_places_and_groups():
    answer = regex_extract("a=1\nbc=22", r"(?P<key>\w+)=(\d+)")
    assert answer["count"] == 2 and answer["valid"] and not answer["truncated"]
    assert answer["matches"][1] == {
        "text": "bc=22", "start": 4, "end": 9, "line": 2, "groups": ["bc", "22"], "named": {"key": "bc"}}


def test_validation_wants_the_whole_text():
    assert regex_extract("2026-11-22", r"\d{4}-\d\d-\d\d", mode="validate")["valid"]
    assert not regex_extract("2026-11-22.", r"\d{4}-\d\d-\d\d", mode="validate")["valid"]
    assert regex_extract("ann@example.org", preset="email", mode="validate")["valid"]
    assert not regex_extract("ann@example", preset="email", mode="validate")["valid"]


def test_presets():
    assert texts("Ann <ann.b+c@mail.example.org>, x@y", preset="email") == ["ann.b+c@mail.example.org"]
    assert texts("see https://a.example/b?c=1, or http://d.example.", preset="url") == [
        "https://a.example/b?c=1", "http://d.example"]
    assert texts("10.0.0.1 256.1.1.1 1.2.3.4.5", preset="ipv4") == ["10.0.0.1"]
    assert texts("2026-02-28 2026-13-01", preset="date") == ["2026-02-28"]
    assert texts("at 09:30 or 23:59:59, not 25:00", preset="time") == ["09:30", "23:59:59"]
    assert texts("1,234.5 and -7 and 2e3 but not x9", preset="number") == ["1,234.5", "-7", "2e3"]
    assert texts("id 123e4567-e89b-12d3-a456-426614174000.", preset="uuid") == ["123e4567-e89b-12d3-a456-426614174000"]
    assert texts("#fff #12345 #a1b2c3", preset="hex_color") == ["#fff", "#a1b2c3"]
    assert texts("a #tag and c#", preset="hashtag") == ["#tag"]
    assert texts("call +49 30 1234567 now", preset="phone") == ["+49 30 1234567"]


def test_flags():
    assert texts("Ab aB", "ab", flags=["ignore_case"]) == ["Ab", "aB"]
    assert texts("a\nb", "^b$", flags=["multiline"]) == ["b"]
    assert texts("a\nb", "a.b", flags=["dot_all"]) == ["a\nb"]


def test_replacing_and_splitting():
    answer = regex_extract("Doe, Jane", r"(\w+), (\w+)", mode="replace", replacement=r"\2 \1")
    assert answer["text"] == "Jane Doe" and answer["count"] == 1
    assert regex_extract("a, b;c", r"[,;]\s*", mode="split")["parts"] == ["a", "b", "c"]


def test_many_matches_are_cut_and_said_so():
    answer = regex_extract("x" * 500, "x", limit=10)
    assert answer["count"] == 500 and len(answer["matches"]) == 10 and answer["truncated"]


def test_what_is_wrong_is_said():
    assert "at position 0" in error("a", "(")
    assert "repeats a repetition" in error("a" * 30, "(a+)+$")
    assert "repeats a repetition" in error("a" * 30, "(?:x*)*")
    assert "either" in error("a") and "either" in error("a", "b", preset="url")
    assert "replacement is not valid" in error("a", "a", mode="replace", replacement=r"\9")
    assert "500000 characters" in error("a" * 500_001, "a")
    assert "more than 500000" in error("a" * 100_000, "a", mode="replace", replacement="b" * 100)
    assert "2000 characters" in error("a", "a" * 3_000)
