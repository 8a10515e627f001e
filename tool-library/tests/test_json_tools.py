import json

from json_tools import json_tools

SHOP = json.dumps({
    "name": "shop",
    "items": [
        {"name": "pen", "price": 2, "tags": ["a", "b"], "maker": {"city": "Bonn"}},
        {"name": "ink", "price": 12.5, "tags": [], "sold": True},
        {"name": "pad", "price": 7, "tags": ["b"], "maker": {"city": "Köln"}}],
    "odd key": 1})


def query(path, document=SHOP):
    return [hit["value"] for hit in json_tools("query", document, path)["found"]]


def diff(before, after, **more):
    answer = json_tools("diff", json.dumps(before), other=json.dumps(after), **more)
    return [(c["path"], c["kind"], c["before"], c["after"]) for c in answer["changes"]]


def error(*given, **more):
    try:
        json_tools(*given, **more)
    except ValueError as problem:
        return str(problem)
    raise AssertionError("was not refused")


def test_members_and_elements():
    assert query("$.name") == ["shop"] and query("name") == ["shop"]
    assert query("$.items[0].name") == ["pen"] and query("$.items[-1].name") == ["pad"]
    assert query('$["odd key"]') == [1] and query("$['odd key']") == [1]
    assert query("$.items[1:].name") == ["ink", "pad"] and query("$.items[*].price") == [2, 12.5, 7]
    assert query("$") == [json.loads(SHOP)]
    assert query("$.nothing.at.all") == [] and query("$.items[9]") == []


def test_places_are_shown():
    answer = json_tools("query", SHOP, "$..city")
    assert answer["found"][1] == {"path": "$.items[2].maker.city", "value": "Köln"}
    assert json_tools("query", SHOP, '$["odd key"]')["found"][0]["path"] == '$["odd key"]'


def test_any_depth():
    assert query("$..name") == ["shop", "pen", "ink", "pad"]


def test_filters():
    assert query("$.items[?price > 5].name") == ["ink", "pad"]
    assert query('$.items[?maker.city == "Bonn"].name') == ["pen"]
    assert query('$.items[?tags contains "b"].name') == ["pen", "pad"]
    assert query("$.items[?sold].name") == ["ink"]
    assert query("$.items[?@.name != pen].name") == ["ink", "pad"]
    assert query("$.items[?sold == 1].name") == []


def test_functions():
    assert query("$.items.length()") == [3] and query("$.keys()") == [["name", "items", "odd key"]]
    assert query("$.n.sum()", '{"n": [1, 2, 3.5]}') == [6.5] and query("$.n.mean()", '{"n": [1, 2]}') == [1.5]
    assert query("$.n.sort()", '{"n": ["b", "a"]}') == [["a", "b"]]
    assert query("$.n.unique()", '{"n": [1, 1, 2]}') == [[1, 2]]
    assert query("$.n.flatten()", '{"n": [[1], [2], 3]}') == [[1, 2, 3]]
    assert query("$.n.max()", '{"n": []}') == [None] and query("$.type()", "[]") == ["array"]


def test_differences():
    assert diff({"a": 1, "b": [1, 2], "c": {}}, {"a": 2, "b": [1], "d": None}) == [
        ("$.a", "changed", 1, 2), ("$.b[1]", "removed", 2, None),
        ("$.c", "removed", {}, None), ("$.d", "added", None, None)]
    assert diff({"x": [1, {"y": True}]}, {"x": [1, {"y": 1}]}) == [("$.x[1].y", "changed", True, 1)]
    assert diff([1], [1]) == [] and diff({"a": {"b": 1}}, {"a": {"b": 1}}, path="$.a") == []


def test_formatting():
    assert json_tools("format", '{"b":1,"a":[]}')["text"] == '{\n  "a": [],\n  "b": 1\n}'


def test_long_answers_are_cut_and_said_so():
    answer = json_tools("query", json.dumps(list(range(50))), "$[*]", limit=10)
    assert answer["count"] == 50 and len(answer["found"]) == 10 and answer["truncated"]


def test_what_is_wrong_is_said():
    assert "line 1, column 7" in error("query", '{"a": }')
    assert "nested too deeply" in error("query", "[" * 100_000 + "]" * 100_000)
    assert "JSON has no NaN" in error("query", "[NaN]")
    assert "cannot be read at `[[`" in error("query", "{}", "$[[")
    assert "there is no `eval()`" in error("query", "{}", "$.eval()")
    assert "as `other`" in error("diff", "{}")
    assert "must find one value" in error("format", "[1,2]", "$[*]")
    assert "cannot take" in error("query", '["a"]', "$.sum()")
    assert "2000000 characters" in error("query", '"' + "a" * 2_000_000 + '"')
    assert "more than 10000 values" in error("query", json.dumps(list(range(20_000))), "$[*]")
