"""Average-link clustering against a plain one that looks at every pair of groups at every step."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from casus.link.grouping import NEVER, Pair, group_pairs


def group_plainly(count: int, likely: dict[Pair, float], threshold: float) -> list[int]:
    """The same by the definition."""
    groups = [[i] for i in range(count)]

    def mean(a: list[int], b: list[int]) -> float:
        return sum(likely.get((min(i, j), max(i, j)), 0.0) for i in a for j in b) / (len(a) * len(b))

    while len(groups) > 1:
        best, a, b = max(((mean(a, b), a, b) for a, b in combinations(groups, 2)), key=lambda t: t[0])
        if best < threshold:
            break
        groups = sorted([g for g in groups if g is not a and g is not b] + [sorted(a + b)])
    numbers = {i: n for n, members in enumerate(groups, 1) for i in members}
    return [numbers[i] for i in range(count)]


@given(st.integers(0, 8).flatmap(lambda n: st.tuples(
    st.just(n), st.lists(st.floats(0, 1), min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2, unique=True)
)), st.sampled_from([0.1, 0.25, 0.5, 0.9]))  # fmt: skip
def test_it_is_average_linkage(drawn: tuple[int, list[float]], threshold: float) -> None:
    """Where no two means are equal, whatever the numbers are."""
    count, chances = drawn
    likely = dict(zip(combinations(range(count), 2), chances, strict=True))
    assert group_pairs(count, likely, threshold) == group_plainly(count, likely, threshold)


def test_a_chain_of_likeness_is_no_group() -> None:
    """Neighbours alike, ends not: the mean over all pairs keeps them apart."""
    chain = {(0, 1): 0.8, (1, 2): 0.7, (2, 3): 0.8}
    assert group_pairs(4, chain, 0.5) == [1, 1, 2, 2]


def test_the_likeliest_come_first() -> None:
    """What comes early in the text does not take what fits better elsewhere."""
    assert group_pairs(3, {(0, 1): 0.5, (1, 2): 0.9, (0, 2): 0.0}, 0.4) == [1, 2, 2]


def test_many_things_take_little_time() -> None:
    """Three thousand with sixty neighbours each, in one group of all that are told alike."""
    likely = {(j, k): 0.9 if j // 30 == k // 30 else 0.01 for k in range(3000) for j in range(max(0, k - 60), k)}
    assert len(set(group_pairs(3000, likely, 0.5))) == 100


def test_what_must_not_be_one_stays_apart() -> None:
    """However alike, and with all that is grouped with either."""
    likely = {(0, 1): NEVER, (0, 2): 0.9, (1, 2): 0.8, (1, 3): 0.9, (2, 3): 0.7, (0, 3): 0.9}
    groups = group_pairs(4, likely, 0.1)
    assert groups[0] != groups[1]
