from table_stats import table_stats

SALES = """city,day,price,paid,note
Bonn,2026-01-02,10.10,yes,a
Köln,2026-01-03,"1,200.20",no,
bonn,2026-01-01,-3,yes,"x, y"
Bonn,2026-02-01,,yes,b
"""


def error(*given, **more):
    try:
        table_stats(*given, **more)
    except ValueError as problem:
        return str(problem)
    raise AssertionError("was not refused")


def test_columns_are_described():
    answer = table_stats(SALES)
    assert answer["rows"] == answer["matching"] == 4 and answer["groups"] == []
    by_name = {column["name"]: column for column in answer["columns"]}
    assert [column["type"] for column in answer["columns"]] == ["text", "date", "number", "boolean", "text"]
    assert by_name["price"]["filled"] == 3 and by_name["price"]["empty"] == 1
    assert by_name["price"]["smallest"] == "-3" and by_name["price"]["largest"] == "1,200.20"
    assert abs(by_name["price"]["mean"] - 402.4333333) < 1e-6
    assert by_name["day"]["smallest"] == "2026-01-01" and by_name["city"]["mean"] is None


def test_groups_are_aggregated_exactly():
    answer = table_stats("k,v\na,0.1\na,0.2\nb,5\n", group_by=["K"], aggregates=["sum(v)", "count(*)", "mean(v)"])
    assert answer["groups"] == [
        {"k": "a", "sum(v)": 0.3, "count(*)": 2, "mean(v)": 0.15},
        {"k": "b", "sum(v)": 5, "count(*)": 1, "mean(v)": 5}]


def test_all_functions():
    functions = ["count(v)", "sum(v)", "median(v)", "min(v)", "max(v)", "stdev(v)", "distinct(v)", "first(v)", "last(v)"]
    group = table_stats("v\n1\n2\n2\n5\n", aggregates=functions)["groups"][0]
    assert group["count(v)"] == 4 and group["sum(v)"] == 10 and group["median(v)"] == 2
    assert group["min(v)"] == 1 and group["max(v)"] == 5 and group["distinct(v)"] == 3
    assert group["first(v)"] == "1" and group["last(v)"] == "5" and abs(group["stdev(v)"] - 1.7320508) < 1e-6


def test_filters():
    def matching(*where):
        return table_stats(SALES, where=list(where))["matching"]

    assert matching("price > 5") == 2 and matching("price >= 1200.2") == 1
    assert matching("city = BONN") == 3 and matching("city != bonn") == 1
    assert matching("city = Bonn", "paid = yes", "price < 0") == 1
    assert matching("note contains Y") == 1 and matching("note is empty") == 1
    assert matching("note is not empty") == 3 and matching("day >= 2026-01-03") == 2


def test_groups_are_sorted_and_limited():
    table = "k,v\n" + "\n".join(f"g{i},{i}" for i in range(20))
    answer = table_stats(table, group_by=["k"], aggregates=["sum(v)"], sort_by="sum(v)", order="descending", limit=2)
    assert [group["sum(v)"] for group in answer["groups"]] == [19, 18] and answer["truncated"]


def test_separators_are_found():
    assert table_stats("a;b\n1;2")["columns"][1]["name"] == "b"
    assert table_stats("a\tb\n1\t2")["rows"] == 1
    assert table_stats("a:b\n1:2", delimiter=":")["columns"][0]["type"] == "number"
    assert table_stats("\ufeffa,b\r\n1,2\r\n\r\n")["rows"] == 1


def test_what_is_wrong_is_said():
    assert "there are city, day" in error(SALES, where=["town = x"])
    assert "is no condition" in error(SALES, where=["price"])
    assert "is no aggregate" in error(SALES, aggregates=["price"])
    assert "is no aggregate" in error(SALES, aggregates=["eval(price)"])
    assert "`Bonn` is no number" in error(SALES, aggregates=["sum(city)"])
    assert "needs a column" in error(SALES, aggregates=["sum(*)"])
    assert "row 1 has 3 values" in error("a,b\n1,2,3")
    assert "name every column once" in error("a,a\n1,2")
    assert "empty" in error("  \n")
    assert "2000000 characters" in error("a\n" + "1\n" * 1_500_000)
    assert "limit must be" in error(SALES, limit=0)
    assert "sort_by must be" in error(SALES, aggregates=["count(*)"], sort_by="x")
