import random
import statistics

from statistics_summary import statistics_summary


def near(left, right, by=1e-9):
    return abs(left - right) <= by * max(1, abs(right))


def error(*given, **more):
    try:
        statistics_summary(*given, **more)
    except ValueError as problem:
        return str(problem)
    raise AssertionError("was not refused")


def test_a_small_list():
    answer = statistics_summary([2, 4, 4, 5, 9], percentiles=[90, 0, 12.5])
    assert answer["count"] == 5 and answer["sum"] == 24 and near(answer["mean"], 4.8)
    assert answer["median"] == 4 and answer["modes"] == [4] and answer["range"] == 7
    assert near(answer["variance"], 6.7) and answer["quartiles"] == [4, 4, 5]
    assert near(answer["percentiles"]["90"], 7.4) and answer["percentiles"]["0"] == 2
    assert "12.5" in answer["percentiles"] and answer["outliers"] == [2, 9] and answer["relation"] is None


def test_the_confidence_interval_uses_student_s_t():
    low, high = statistics_summary([1, 2, 3])["confidence_95"]
    assert near((high - low) / 2, 4.302652730 / 3**0.5, 1e-6)
    low, high = statistics_summary([0, 1])["confidence_95"]
    assert near((high - low) / 2, 12.706204736 / 2, 1e-6)
    numbers = list(range(31))
    low, high = statistics_summary(numbers)["confidence_95"]
    assert near((high - low) / 2, 2.042272456 * statistics.stdev(numbers) / 31**0.5, 1e-6)


def test_it_agrees_with_the_standard_library():
    source = random.Random(11)
    for _ in range(30):
        numbers = [source.gauss(100, 15) for _ in range(source.randrange(2, 80))]
        other = [n * 2 + source.gauss(0, 5) for n in numbers]
        answer = statistics_summary(numbers, other=other)
        assert near(answer["stdev"], statistics.stdev(numbers)) and near(answer["median"], statistics.median(numbers))
        if len(numbers) > 2:
            expected = statistics.quantiles(numbers, n=4, method="inclusive")
            assert all(near(a, b) for a, b in zip(answer["quartiles"], expected))
        line = statistics.linear_regression(numbers, other)
        assert near(answer["relation"]["slope"], line.slope, 1e-6)
        assert near(answer["relation"]["pearson"], statistics.correlation(numbers, other), 1e-6)


def test_relations():
    relation = statistics_summary([1, 2, 3, 4], other=[1, 8, 27, 64])["relation"]
    assert relation["spearman"] == 1 and 0.9 < relation["pearson"] < 1
    flat = statistics_summary([1, 1], other=[2, 3])["relation"]
    assert flat["pearson"] is None and flat["slope"] is None
    ties = statistics_summary([1, 2, 2, 3], other=[1, 2, 2, 3])["relation"]
    assert near(ties["spearman"], 1)


def test_histograms():
    bars = statistics_summary([0, 1, 2, 3, 10], bins=2)["histogram"]
    assert bars == [{"low": 0, "high": 5, "count": 4}, {"low": 5, "high": 10, "count": 1}]
    assert statistics_summary([7, 7])["histogram"] == [{"low": 7, "high": 7, "count": 2}]


def test_one_number():
    answer = statistics_summary([3])
    assert answer["mean"] == 3 and answer["stdev"] is None and answer["confidence_95"] is None
    assert answer["modes"] == [] and answer["skewness"] is None


def test_what_is_wrong_is_said():
    assert "1 to 100000" in error([]) and "1 to 100000" in error([1.0] * 100_001)
    assert "numbers[1] must be" in error([1, float("nan")])
    assert "numbers[0] must be" in error([True]) and "numbers[0] must be" in error([1e300])
    assert "as many numbers" in error([1, 2, 3], other=[1, 2])
    assert "0 to 100" in error([1], percentiles=[101]) and "bins" in error([1], bins=0)
