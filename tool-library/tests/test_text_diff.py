import difflib
import random

from text_diff import text_diff


def error(*given, **more):
    try:
        text_diff(*given, **more)
    except ValueError as problem:
        return str(problem)
    raise AssertionError("was not refused")


def test_equal_texts():
    assert text_diff("a\nb", "a\nb") == {
        "equal": True, "similarity": 1.0, "added": 0, "removed": 0, "diff": "", "truncated": False}
    assert text_diff("", "")["equal"]


def test_a_changed_line():
    answer = text_diff("one\ntwo\nthree\n", "one\nTWO\nthree\n")
    assert answer["diff"] == "@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three"
    assert (answer["added"], answer["removed"]) == (1, 1) and 0.6 < answer["similarity"] < 0.7


def test_from_and_to_nothing():
    assert text_diff("", "a\nb")["diff"] == "@@ -0,0 +1,2 @@\n+a\n+b"
    assert text_diff("a", "")["diff"] == "@@ -1 +0,0 @@\n-a"


def test_hunks_are_those_of_the_standard_library():
    source = random.Random(7)
    for _ in range(60):
        before = [source.choice("abcdef") for _ in range(source.randrange(30))]
        after = [line for line in before if source.random() > 0.2]
        for _ in range(source.randrange(4)):
            after.insert(source.randrange(len(after) + 1), source.choice("xyz"))
        context = source.randrange(4)
        expected = list(difflib.unified_diff(before, after, n=context, lineterm=""))[2:]
        assert text_diff("\n".join(before), "\n".join(after), context=context)["diff"] == "\n".join(expected)


def test_words():
    answer = text_diff("a red car.", "a blue car!", mode="words")
    assert answer["diff"] == "a [-red-]{+blue+} car[-.-]{+!+}"
    assert (answer["added"], answer["removed"]) == (2, 2)


def test_what_is_ignored():
    assert text_diff("A  b", "a b", ignore=["case", "whitespace"])["equal"]
    assert not text_diff("A  b", "a b", ignore=["case"])["equal"]
    assert text_diff("a\n\nb", "a\nb", ignore=["blank_lines"])["equal"]


def test_sizes_are_bounded():
    assert "500000 characters" in error("a" * 500_001, "")
    assert "10000 lines" in error("a\n" * 10_001, "")
    assert "8000 words" in error("a " * 9_000, "", mode="words")
    assert "0 to 100" in error("a", "b", context=-1)
    long = text_diff("\n".join(f"a{i}" * 4 for i in range(4_000)), "\n".join(f"b{i}" * 4 for i in range(4_000)))
    assert long["truncated"] and len(long["diff"]) == 60_000
